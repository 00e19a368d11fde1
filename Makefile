# make run    the application with a demonstration world, on http://127.0.0.1:8000 (PORT=… for another)
# make test   every check and test (CI=true: what the machine lacks is a failure)
# make bench  every speed and size measured anew into docs/performance.md, hours (SIZES="1 10" PARTS="pages")
# make wheels every package of requirements.lock as a file in wheels/, for a machine without internet
# make lock   requirements*.lock anew from requirements*.txt: every package with its hashes
# make supply bill of materials and licences of what runs, in supply/
# make audit  ask the registries for known vulnerabilities of what runs (needs internet)
# make backup   database and attachments in one checked file in var/backups (TO=… elsewhere)
# make restore FILE   bring a backup back while the application is stopped (KEY=… if encrypted)
# make clean  remove the virtual environment and everything the application wrote

SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
VAR := $(or $(VAR_DIR),var)
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
WORKERS ?= $(shell nproc)

.DELETE_ON_ERROR:
.PHONY: run test bench wheels lock supply audit clean

# Threads, because browsers come without a proxy: a connection opened ahead would stop a sync worker.
run: $(VENV)/run.installed $(VAR)/static/staticfiles.json
	@$(BIN)/python -c 'import socket; socket.create_server(("127.0.0.1", $(PORT)))' 2>/dev/null || \
	  { echo "Cổng $(PORT) đang có chương trình khác dùng. Chạy với cổng khác: make run PORT=8001"; exit 1; }
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py seed_demo --if-empty
	@echo "Mở http://127.0.0.1:$(PORT)/ – dừng bằng Ctrl-C"
	@REQUEST_LOG=$${REQUEST_LOG:-false} exec $(BIN)/gunicorn config.wsgi --config config/gunicorn.py \
	  --bind 127.0.0.1:$(PORT) --workers $(WORKERS) --threads 4 --log-level warning

test: $(VENV)/test.installed
	@$(BIN)/python tests/everything.py

# A server of its own, with memory as a machine of its own would give it.
bench: $(VENV)/bench.installed $(VAR)/static/staticfiles.json
	@POSTGRES_OPTIONS="-c shared_buffers=2GB -c effective_cache_size=12GB -c max_wal_size=8GB" \
	  PATH="$(CURDIR)/$(BIN):$$PATH" tests/with_postgresql python -m bench \
	  $(if $(SIZES),--sizes $(SIZES)) $(if $(PARTS),--parts $(PARTS))

wheels: $(VENV)/run.installed
	@$(BIN)/python -m pip download --quiet --disable-pip-version-check --require-hashes \
	  --only-binary :all: --dest wheels --requirement requirements.lock
	@cd wheels && sha256sum *.whl > SHA256SUMS
	@echo "Đã tải $$(ls wheels/*.whl | wc -l) gói vào thư mục wheels (kèm SHA256SUMS)."

lock: $(VENV)/tools.installed
	@for name in requirements requirements-dev bench/requirements supply/tools; do \
	  UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal \
	    --python-version 3.11 --generate-hashes --strip-extras --no-emit-index-url \
	    --no-emit-find-links --output-file $$name.lock $$name.txt || exit 1; done

supply: $(VENV)/tools.installed
	@rm -rf $(VENV)/runs && $(PYTHON) -m venv $(VENV)/runs
	@$(VENV)/runs/bin/python -m pip install --quiet --disable-pip-version-check \
	  --require-hashes --requirement requirements.lock
	@$(VENV)/runs/bin/python -m pip uninstall --quiet --yes pip setuptools
	@$(BIN)/cyclonedx-py environment --output-reproducible --output-file supply/sbom.cdx.json \
	  $(VENV)/runs/bin/python
	@$(BIN)/pip-licenses --python $(VENV)/runs/bin/python --from=mixed --format=markdown \
	  --output-file supply/licences.md
	@rm -rf $(VENV)/runs

audit: $(VENV)/tools.installed
	@$(BIN)/pip-audit --strict --disable-pip --require-hashes --requirement requirements.lock

backup: $(VENV)/run.installed
	@$(BIN)/python manage.py backup $(if $(TO),--to "$(TO)")

# Also "make restore FILE" without the equals sign.
restore: FILE ?= $(firstword $(filter-out restore,$(MAKECMDGOALS)))
restore: $(VENV)/run.installed
	@test -n "$(FILE)" || { echo "Thiếu tên tệp: make restore FILE=var/backups/sao-luu_….tar"; exit 1; }
	@$(BIN)/python manage.py restore "$(FILE)" $(if $(KEY),--key "$(KEY)") $(if $(YES),--yes)

clean:
	rm -rf $(VENV) $(VAR)

$(VAR)/static/staticfiles.json: $(VENV)/run.installed $(shell find static config/bootstrap.py -type f)
	@$(BIN)/python manage.py collectstatic --noinput --verbosity 0

$(VENV)/run.installed: requirements.lock $(VENV)/made
	@echo "Cài các gói cần để chạy…"
	@$(PIP) --requirement requirements.lock
	@touch $@

$(VENV)/test.installed: requirements-dev.lock $(VENV)/run.installed
	@echo "Cài các gói cần để kiểm thử…"
	@$(PIP) --requirement requirements-dev.lock
	@touch $@

$(VENV)/bench.installed: bench/requirements.lock $(VENV)/run.installed
	@$(PIP) --requirement bench/requirements.lock
	@touch $@

$(VENV)/tools.installed: supply/tools.lock $(VENV)/made
	@$(PIP) --requirement supply/tools.lock
	@touch $@

$(VENV)/made:
	@command -v $(PYTHON) >/dev/null || \
	  { echo "Máy chưa có Python. Cài trước: apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Cần Python 3.11 trở lên; máy đang có $$($(PYTHON) --version). Chọn bản khác: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python của máy thiếu venv. Cài trước: apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@
