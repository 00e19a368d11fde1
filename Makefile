# make run    the application with a demonstration world, on http://127.0.0.1:8000 (PORT=… for another)
# make test   every check and test (CI=true: what the machine lacks is a failure)
# make clean  remove the virtual environment and everything the application wrote

SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
VAR := $(or $(VAR_DIR),var)
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
WORKERS ?= $(shell nproc)

.DELETE_ON_ERROR:
.PHONY: run test clean

run: $(VENV)/run.installed $(VAR)/static/staticfiles.json
	@$(BIN)/python -c 'import socket; socket.create_server(("127.0.0.1", $(PORT)))' 2>/dev/null || \
	  { echo "Cổng $(PORT) đang có chương trình khác dùng. Chạy với cổng khác: make run PORT=8001"; exit 1; }
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py seed_demo --if-empty
	@echo "Mở http://127.0.0.1:$(PORT)/ – dừng bằng Ctrl-C"
	@exec $(BIN)/gunicorn config.wsgi --bind 127.0.0.1:$(PORT) --workers $(WORKERS) --threads 4 \
	  --no-control-socket --log-level warning

test: $(VENV)/test.installed
	@$(BIN)/python tests/everything.py

clean:
	rm -rf $(VENV) $(VAR)

$(VAR)/static/staticfiles.json: $(VENV)/run.installed $(shell find static config/bootstrap.py -type f)
	@$(BIN)/python manage.py collectstatic --noinput --verbosity 0

$(VENV)/run.installed: requirements.txt $(VENV)/made
	@echo "Cài các gói cần để chạy…"
	@$(PIP) --requirement requirements.txt
	@touch $@

$(VENV)/test.installed: requirements-dev.txt $(VENV)/run.installed
	@echo "Cài các gói cần để kiểm thử…"
	@$(PIP) --requirement requirements-dev.txt
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
