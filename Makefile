# Every target is one command that can also be typed by hand.
LAUNCHER = $(shell bin/find-python) -E -s bin/launcher

.PHONY: demo story test lint test-security test-faults lock upgrade openapi

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

lock:
	$(LAUNCHER) lock

upgrade:
	$(LAUNCHER) lock --upgrade

openapi:
	$(LAUNCHER) openapi
