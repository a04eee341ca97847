# sohoa: số hoá văn bản. `make` alone lists what can be done.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.SUFFIXES:

VENV := .venv
PY := $(VENV)/bin/python
export OMP_THREAD_LIMIT := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# A set-up is done again only when what it installs has changed.
RUN_READY := $(VENV)/ready-run
DEV_READY := $(VENV)/ready-dev
TESTS ?= tests
SOAK ?= /tmp/sohoa-soak
CORPUS ?= ../shared
LINES ?= /tmp/sohoa-lines
PARTS ?= 60
MINUTES ?= 240
TRAIN := torch==2.13.0 onnx==1.23.2
SCANS ?= ../shared/scans

.PHONY: help setup run test check format bench soak throughput samples dictionaries recognizer clean

help: ## list the commands / liệt kê các lệnh
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(RUN_READY): .setup/system.sh .setup/run.lock pyproject.toml
	@sh .setup/system.sh
	@sh .setup/python.sh run

$(DEV_READY): $(RUN_READY) .setup/dev.lock
	@sh .setup/python.sh dev

setup: $(RUN_READY) ## install what is missing / cài những gì còn thiếu

run: $(RUN_READY) ## digitize samples/ into out/ / số hoá samples/ vào out/
	@$(VENV)/bin/sohoa digitize samples/*.pdf --out out
	@echo "Xem, sửa, ký duyệt / check, correct, sign off: $(VENV)/bin/sohoa serve out --originals samples"

test: $(DEV_READY) ## install what is missing and run the tests / cài đặt và chạy kiểm thử
	@$(PY) -m pytest -n auto $(TESTS)

check: $(DEV_READY) ## format, lint and types / kiểm tra định dạng, quy tắc, kiểu
	@$(PY) -m ruff format --check pipeline tests
	@$(PY) -m ruff check pipeline tests
	@$(PY) -m mypy

format: $(DEV_READY) ## put the code into shape / định dạng mã nguồn
	@$(PY) -m ruff format pipeline tests
	@$(PY) -m ruff check --fix pipeline tests

bench: $(DEV_READY) ## compare with Tesseract and OCRmyPDF on SCANS / so sánh với Tesseract và OCRmyPDF
	@$(PY) tests/bench/compare.py $(SCANS)

soak: $(DEV_READY) ## long runs: volume, kills, memory, a large ledger / chạy dài: lượng lớn, ngắt giữa chừng
	@$(PY) tests/bench/soak.py ledger $(SOAK)
	@$(PY) tests/bench/soak.py volume $(SOAK)/volume
	@$(PY) tests/bench/soak.py memory $(SOAK)/memory
	@$(PY) tests/bench/kills.py recorded $(SOAK)/kills
	@$(PY) tests/bench/kills.py ocr $(SOAK)/kills-ocr

throughput: $(DEV_READY) ## pages per hour, 1 and 2 workers, OCRmyPDF; overheads / số trang mỗi giờ, so với OCRmyPDF
	@$(PY) tests/bench/throughput.py $(SOAK)/throughput
	@$(PY) tests/bench/overhead.py $(SOAK)/overhead

samples: $(DEV_READY) ## make samples/ again / tạo lại samples/
	@$(PY) -m sohoa.imitate samples

dictionaries: $(DEV_READY) ## build dictionaries/ from CORPUS / dựng lại dictionaries/ từ CORPUS
	@$(PY) -m sohoa.build $(CORPUS)

recognizer: $(DEV_READY) ## train the line recognizer on CORPUS / huấn luyện bộ nhận dạng dòng
	@$(PY) -m pip install -q --only-binary :all: $(TRAIN)
	@$(PY) -m sohoa.build.line_texts $(CORPUS) $(LINES)/texts
	@$(PY) -m sohoa.imitate.lines $(LINES)/texts $(LINES)/parts 2 test
	@$(PY) -m sohoa.imitate.lines $(LINES)/texts $(LINES)/parts $(PARTS)
	@$(PY) -m sohoa.build.recognizer $(LINES)/parts $(LINES)/run $(MINUTES)
	@cp $(LINES)/run/lines.onnx dictionaries/line_recognizer.onnx

clean: ## remove results and the virtual environment / xoá kết quả và môi trường ảo
	@rm -rf out $(VENV)
