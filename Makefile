# Every target is one command that can also be typed by hand.
LAUNCHER = $(shell bin/find-python) -E -s bin/launcher

.PHONY: help demo story test lint test-security test-faults mutants bench screenshots lock upgrade openapi

help:
	@sed -n 's/^\([a-z-]*\):$$/\1/p' Makefile

demo:
	bin/demo

story:
	bin/demo --story

test:
	bin/test

lint:
	bin/test --lint

test-security:
	bin/test -m security

test-faults:
	bin/test -m faults

mutants:
	python3 -m venv var/mutants-venv
	var/mutants-venv/bin/pip install --quiet --require-hashes --requirement requirements/mutants.txt
	var/mutants-venv/bin/python -m benchmarks.mutants

bench:
	bin/test -m bench -n 0
	.venv/bin/python -m benchmarks.matching
	.venv/bin/python -m benchmarks.letter

screenshots:
	ILTB_SCREENSHOTS=$(CURDIR)/var bin/test tests/browser/test_pictures.py

lock:
	$(LAUNCHER) lock

upgrade:
	$(LAUNCHER) lock --upgrade

openapi:
	$(LAUNCHER) openapi
