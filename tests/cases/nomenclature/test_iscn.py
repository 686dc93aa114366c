import pytest

from cases.nomenclature import iscn


def clones(text):
    return iscn.parse(text).clones


@pytest.mark.parametrize("text", ["", "  ", "na", "N/A", "-", "no metaphases", "No metaphases.", "not done",
                                  "no analysis", "no material", "Keine analysierbaren Metaphasen."])  # fmt: skip
def test_nothing_analysed_is_not_done_and_never_normal(text):
    found = iscn.parse(text)

    assert (found.status, found.clones, found.facts, found.problems) == ("not_done", (), frozenset(), ())


@pytest.mark.parametrize(
    "text", ["46,XX[20]", "46,XY", "46,xy", "46,XY[19]/nonclonal[2]", "46,XY,inv(9)(p11q13)c", "46,XX,9qh+"]
)
def test_a_normal_karyotype_has_nothing_acquired(text):
    found = iscn.parse(text)

    assert found.status == "parsed"
    assert "normal" in found.facts


@pytest.mark.parametrize(
    "text", ["46,XX[20]/47,XX,+8[2]", "47,XXY", "46,XX; see FISH", "46,XY[5]/tetraploid clone[25]"]
)
def test_a_karyotype_is_not_called_normal_by_its_normal_part(text):
    assert "normal" not in iscn.parse(text).facts


def test_every_clone_has_its_size():
    found = iscn.parse("45,XX,-7[15]/46,XX[5]")

    assert [(clone.cells, clone.is_normal) for clone in found.clones] == [(15, False), (5, True)]
    assert (found.cells, found.facts, found.status) == (20, {"-7"}, "parsed")


def test_a_clone_without_size_is_of_unknown_size():
    assert [clone.cells for clone in clones("45,XX,-7/46,XX[5]")] == [None, 5]
    assert iscn.parse("45,XX,-7/46,XX[5]").cells is None


@pytest.mark.parametrize("text", ["44-46,XX,add(7)(q22)[cp5]", "44~46, XX, add(7)(q22) [cp5]"])
def test_a_count_may_be_a_range_and_a_clone_composite(text):
    (clone,) = clones(text)

    assert (clone.count_low, clone.count_high, clone.cells, clone.is_composite) == (44, 46, 5, True)


@pytest.mark.parametrize("separator", ["/", "; ", "\n", "\r\n", " / "])
def test_clones_may_be_set_apart_in_several_ways(separator):
    assert [clone.cells for clone in clones(f"47,XX,+8[12]{separator}46,XX[4]")] == [12, 4]


@pytest.mark.parametrize(
    ("abnormality", "kind", "chromosomes"),
    [
        ("+8", "+", ("8",)),
        ("-Y", "-", ("Y",)),
        ("t(8;21)(q22;q22)", "t", ("8", "21")),
        ("t(8;17;21)(q22;q25;q22)", "t", ("8", "17", "21")),
        ("del(5)(q13q33)", "del", ("5",)),
        ("del(5q)", "del", ("5",)),
        ("inv(16)(p13.1q22)", "inv", ("16",)),
        ("dup(1)(q21q32)", "dup", ("1",)),
        ("add(7)(p15)", "add", ("7",)),
        ("der(19)t(1;19)(q23;p13)", "der", ("19",)),
        ("der(1)add(1)(p36.1)del(1)(q41q42)", "der", ("1",)),
        ("der(8)(pter->q24::?::q24->qter)", "der", ("8",)),
        ("i(17)(q10)", "i", ("17",)),
        ("iso(17)(q10)", "i", ("17",)),
        ("idic(7)(q11)", "idic", ("7",)),
        ("ins(10;11)(p13;q13q23)", "ins", ("10", "11")),
        ("dic(9;20)(p13;q11)", "dic", ("9", "20")),
        ("psu dic(5;7)(p15;q11.2)", "psudic", ("5", "7")),
        ("r(7)(p22q36)", "r", ("7",)),
        ("+r", "r", ()),
        ("+mar", "mar", ()),
        ("+mar2", "mar", ()),
        ("+2-4mar", "mar", ()),
        ("dmin", "dmin", ()),
        ("t(10;17)(p13-14;q24)", "t", ("10", "17")),
        ("t(10;14)(q2?4;q?32.1)", "t", ("10", "14")),
        ("inc", "incomplete", ()),
    ],
)
def test_an_abnormality_has_kind_and_chromosomes(abnormality, kind, chromosomes):
    found = clones(f"46,XX,{abnormality}[cp3]")[0].abnormalities[0]

    assert (found.kind, found.chromosomes) == (kind, chromosomes)
    assert iscn.parse(f"46,XX,{abnormality}[cp3]").problems == ()


@pytest.mark.parametrize(
    ("text", "abnormalities"),
    [
        ("46,XX,t(8;21)(q22;q22)[9]/46,idem,del(9)(q22q34)[10]", ["t(8;21)(q22;q22)", "del(9)(q22q34)"]),
        ("47,XX,+12[13]/47,sl,add(3)(p25)[6]", ["+12", "add(3)(p25)"]),
        ("47,XX,+8[5]/48,sl,+21[5]/49,sdl1,+9[5]", ["+8", "+21", "+9"]),
        ("47,XX,+8[5]/48,sl,+21[5]/49,sdl1,+9[5]/50,sdl2,+6[5]", ["+8", "+21", "+9", "+6"]),
        ("46,XX,del(11)(q13q23)[2]/46,sl,+11,-del(11)(q13q23),add(7)(q22)[3]", ["add(7)(q22)"]),
        ("45,XX,dic(8;18)(p11;p11)[2]/46,sl,+8,-dic(8;18),+18[4]", []),
        ("46,XX,trp(17)(q21q25)[5]/46,sl,+dup(17)(q21q25),-trp(17)[14]", ["+dup(17)(q21q25)"]),
        ("47,XX,+8[5]/46,sl,-8[5]", []),
    ],
)
def test_a_sideline_inherits_from_its_stemline(text, abnormalities):
    found = iscn.parse(text)

    assert [item.text for item in found.clones[-1].abnormalities] == abnormalities
    assert found.problems == ()


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("46,XX,t(9;22)(q34;q11.2)", {"t(9;22)", "suspected:BCR::ABL1", "abn(9q)", "abn(22q)"}),
        ("46,XX,t(11;19)(q23;p13.1)", {"t(11;19)", "suspected:KMT2A::ELL", "abn(11q)", "abn(19p)"}),
        ("46,XX,t(11;17)(q23;q25)", {"t(11;17)", "suspected:KMT2A-r", "abn(11q)", "abn(17q)"}),
        ("46,XX,t(9;22)(q12;q13)", {"t(9;22)", "abn(9q)", "abn(22q)"}),
        ("46,XX,inv(16)(p13.1q22)", {"inv(16)", "suspected:CBFB::MYH11", "abn(16p)", "abn(16q)"}),
        ("46,XX,inv(16)(p13.3q24.3)", {"inv(16)", "suspected:CBFA2T3::GLIS2", "abn(16p)", "abn(16q)"}),
        ("46,XX,i(17)(q10)", {"i(17)", "del(17p)", "abn(17p)", "abn(17q)"}),
        ("46,XX,idic(7)(q11)", {"idic(7)", "del(7q)", "abn(7q)"}),
        ("46,XX,del(5)(q13q33)", {"del(5q)", "abn(5q)"}),
        ("46,XX,add(17)(p11)", {"abn(17p)"}),
        ("46,XX,der(17)del(17)(p11)add(17)(q21)", {"del(17p)", "abn(17p)", "abn(17q)"}),
        ("46,XX,-7,+der(7)t(7;11)(q22;p15)", {"t(7;11)"}),
        ("47,XX,+21c", {"+21c"}),
        ("46,XX,?del(5)(q13q33)", set()),
        ("46,XX,del(?5)(q13q33)", set()),
        ("46,XX,der(19)t(1;19)(q23;p13)", {"t(1;19)", "suspected:TCF3::PBX1", "abn(19p)"}),
    ],
)
def test_facts_follow_from_the_formula(text, facts):
    assert iscn.parse(text).facts == facts


@pytest.mark.parametrize("text", ["t(8;17;21)(q22;q25;q22)", "t(8;21;17)(q22;q22;q25)"])
def test_a_three_way_translocation_suggests_the_fusion_of_its_pair(text):
    assert iscn.parse(f"46,XX,{text}").suspected_fusions == ("RUNX1::RUNX1T1",)


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("54,XX,+X,+4,+6,+10,+14,+17,+18,+21", {"high_hyperdiploidy"}),
        ("51,XX,+X,+4,+6,+10,+14[20]", {"high_hyperdiploidy"}),
        ("50,XX,+X,+4,+6,+10[20]", set()),
        ("49-53,XX,+X,+4,+6,+10[cp20]", set()),
        ("44,XX,-7,-20[20]", set()),
        ("43,XX,-7,-17,-20[20]", {"hypodiploidy"}),
        ("36,XX,-2,-3,-4,-7,-13,-15,-16,-17,-20,-9[20]", {"hypodiploidy", "low_hypodiploidy"}),
        ("26,X,+14,+18,+21[20]", {"hypodiploidy", "near_haploidy"}),
    ],
)
def test_ploidy_follows_from_the_modal_number(text, classes):
    found = iscn.parse(text)

    assert {fact for fact in found.facts if fact.endswith("ploidy")} == classes
    assert found.problems == ()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("46,XX,t(1;3)(p36;q21),del(7)(q22)", set()),
        ("45,XX,t(1;3)(p36;q21),-7,del(20)(q11)", {"complex_3"}),
        ("43,XY,-5,-7,del(12)(p12),-17,add(20)(q12)[cp5]", {"complex_3", "complex_5"}),
        ("54,XX,+X,+4,+6,+10,+14,+17,+18,+21", set()),
        ("47,XX,+21c,t(1;3)(p36;q21),del(7)(q22)", set()),
        ("46,XX,t(1;3)(p36;q21)[4]/46,XX,del(7)(q22)[4]/46,XX,del(20)(q11)[4]", set()),
    ],
)
def test_a_complex_karyotype_has_three_or_five_abnormalities_in_one_clone(text, codes):
    assert {fact for fact in iscn.parse(text).facts if fact.startswith("complex")} == codes


def test_gains_are_counted():
    assert clones("54,XX,+X,+4,+6,+10,+14,+17,+18,+21")[0].abnormality_count == 8


@pytest.mark.parametrize("text", ["del(17p)", "17p-"])
def test_abnormalities_alone_are_read_and_flagged(text):
    found = iscn.parse(text)

    assert {"del(17p)"} <= found.facts
    assert (found.status, found.clones[0].cells) == ("partly", None)
    assert found.problems == (
        f"Clone 1, “{text}”: chromosome count and sex chromosomes are missing; it is read as a list of abnormalities.",
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("46,XX,t(9;99)(q34;q11)", "Clone 1, “t(9;99)(q34;q11)”: there is no chromosome 99."),
        ("47,XX,+24", "Clone 1, “+24”: there is no chromosome 24."),
        ("24,XX", "Clone 1, “24”: the count does not fit the changes listed, which give 46."),
        ("46,XX,+8", "Clone 1, “46”: the count does not fit the changes listed, which give 47."),
        ("46,XX,t(9;22)(q99;q11)", "Clone 1, “t(9;22)(q99;q11)”: chromosome 9 has no band q99."),
        ("46,XX,t(3;16)(p21q24)", "Clone 1, “t(3;16)(p21q24)”: 2 chromosomes, but bands for 1."),
        ("46,XX,t(9)(q34)", "Clone 1, “t(9)(q34)”: “t” joins two chromosomes."),
        ("46,XX,del(5)(foo)", "Clone 1, “del(5)(foo)”: “foo” is not a band."),
        ("46,XX,8", "Clone 1, “8”: chromosome 8 needs a plus or a minus."),
        ("46,XX,mar", "Clone 1, “mar”: “mar” needs a plus or a minus."),
        ("46,XX,na", "Clone 1, “na”: this is not an abnormality that is read here."),
        ("46,XX,del(7)(q21)ori(7)(p10)", "Clone 1, “del(7)(q21)ori(7)(p10)”: “ori(7)(p10)” is not understood."),
        ("45,XX,der dic(1;20)(q32;q13)",
         "Clone 1, “der dic(1;20)(q32;q13)”: “der” and “dic” stand together; one of the two is enough."),
        ("46,XX,del(5)(q13", "The bracket “(” at “(q13” is never closed."),
        ("46,XX,del(5)q13)", "The bracket “)” at “XX,del(5)q13)” was never opened."),
        ("43-35,XX[cp3]", "Clone 1, “43-35”: the range of the chromosome count runs backwards."),
        ("46,XX[]", "Clone 1, “[]”: the number of cells is missing."),
        ("46 XX", "Clone 1, “46 XX”: a comma is missing after the chromosome count."),
        ("47,+8", "Clone 1, “47,+8”: the sex chromosomes are missing after the count."),
        ("46,idem,+8", "Clone 1, “idem”: there is no earlier clone that it can point to."),
        ("47,XX,+8/46,XX,idem,-8", "Clone 2, “idem”: this belongs right behind the chromosome count."),
        ("47,XX,+8/47,sl1,del(5)(q13)", "Clone 2, “sl1”: there is one stemline, so “sl” has no number."),
        ("47,XX,+8/47,sl,-del(5)(q13)", "Clone 2, “-del(5)(q13)”: the earlier clone has no such change to take away."),
        ("46,XX[3]//46,XY[20]", "Clone 2 is empty; “//” before donor cells is not read."),
        ("46,XX PCR: inv(16)", "Clone 1, “PCR: inv(16)”: a comma is missing before it."),
        ("46,XX/nonclonal w/del(11q)[1]", "Clone 2, “nonclonal w”: what the non-clonal cells carry is not read."),
        ("43,XY,-7,-8,-9,cp5", "Clone 1, “cp5”: the size of a composite clone belongs in square brackets."),
        ("46,XX[20,one is 4n]", "Clone 1, “[20,one is 4n]”: what stands beside the number of cells is not read."),
    ],
)  # fmt: skip
def test_a_problem_says_what_and_where(text, problem):
    found = iscn.parse(text)

    assert found.problems[0] == problem
    assert found.status == "partly"


@pytest.mark.parametrize("text", ["complex karyotype", "Pentaploide Metaphasen", "normal female", "x" * 6000])
def test_running_text_stays_text(text):
    found = iscn.parse(text)

    assert (found.status, found.clones, found.normalised, len(found.problems)) == ("unparsed", (), text, 1)


def test_one_bad_abnormality_does_not_hide_the_others():
    found = iscn.parse("45,XX,-7,xyz(1)[10]")

    assert (found.status, found.facts) == ("partly", {"-7"})


def test_in_situ_results_are_kept_as_text():
    found = iscn.parse("46,XX[20].nuc ish(ABL1,BCR)x2[200]")

    assert (found.status, found.in_situ, found.facts) == ("parsed", "nuc ish(ABL1,BCR)x2[200]", {"normal"})


def test_in_situ_results_alone_are_no_karyotype():
    assert iscn.parse("nuc ish(ABL1,BCR)x2[200]").status == "unparsed"


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        ("46, XX, +8 [ CP5 ]", "46,XX,+8[cp5]"),
        ("47,xx,+8[12]; 46,xx[4]", "47,XX,+8[12]/46,XX[4]"),
        ("45,XX,−7[3]\n46,IDEM,+8[2]", "45,XX,-7[3]/46,idem,+8[2]"),
        ("46,XX,psudic(5;7) (p15;q11)[cp2]", "46,XX,psu dic(5;7)(p15;q11)[cp2]"),
    ],
)
def test_blanks_and_separators_are_set_alike(text, normalised):
    assert iscn.parse(text).normalised == normalised


def test_the_count_of_a_composite_incomplete_or_polyploid_clone_is_not_checked():
    texts = ["46,XX,+8[cp4]", "46,XX,+8,inc[4]", "88-89,XXXX,-14[2]", "45<2n>,XX,+8[2]"]

    assert {iscn.parse(text).status for text in texts} == {"parsed"}


def test_a_remark_beside_the_cells_does_not_hide_their_number():
    assert [clone.cells for clone in clones("47,XX,+12[7,one is 4n]/46,XX[3]")] == [7, 3]
