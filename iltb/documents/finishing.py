"""What WeasyPrint leaves undone for readers with a screen reader, and for archives.

WeasyPrint links table headers by Headers/IDs and sets no Scope, so a header that no cell points to is undefined
(ISO 14289-1, 7.5), and it writes either the PDF/A or the PDF/UA mark. PDF/A allows a foreign property such as
``pdfuaid:part`` only with an extension schema that describes it (ISO 19005-3, 6.6.2.3.3).
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Final

import pikepdf

_END: Final = b"</rdf:RDF>"
_PDFUA: Final = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
</rdf:Description><rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def finish(pdf: bytes) -> bytes:
    """Scope on every header cell, the PDF/UA mark with its schema, and an identifier that follows from the content."""
    with pikepdf.open(BytesIO(pdf)) as document:
        for cell, scope in header_cells(document):
            attributes = cell.get("/A", pikepdf.Dictionary(O=pikepdf.Name.Table))
            attributes.Scope = pikepdf.Name(scope)
            cell.A = attributes
        _mark_as_accessible(document)
        out = BytesIO()
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def header_cells(document: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Object, str]]:
    """Each header cell with the scope that its place gives it: of a column inside a table's head, else of a row."""
    open_elements: list[tuple[pikepdf.Object, bool]] = [(document.Root.StructTreeRoot, False)]
    while open_elements:
        element, in_head = open_elements.pop()
        kind = element.get("/S")
        if kind == pikepdf.Name.TH:
            yield element, "/Column" if in_head else "/Row"
        in_head = in_head or kind == pikepdf.Name.THead
        open_elements += [(kid, in_head) for kid in _kids(element) if kid.get("/Type") == pikepdf.Name.StructElem]


def _kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    """The elements below ``element``; marked content is given as a bare number and left out."""
    kids = element.get("/K", pikepdf.Array())
    listed = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in listed if isinstance(kid, pikepdf.Dictionary)]


def _mark_as_accessible(document: pikepdf.Pdf) -> None:
    metadata = document.Root.Metadata.read_bytes()
    if metadata.count(_END) != 1:
        message = "the metadata of the document have an unknown form"
        raise ValueError(message)
    marked = metadata.replace(_END, _PDFUA + _END)
    document.Root.Metadata = document.make_stream(marked, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
