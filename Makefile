# Hai lệnh cần nhớ: `make demo` và `make test`.
.DEFAULT_GOAL := help
.PHONY: help demo test check fmt bench nightly screens vendor messages lock setup
SHELL := /bin/bash

PYTHON ?= python3
SERVE ?= 1
VENV := .venv/bin
export UV_PYTHON_DOWNLOADS := never
export PYTHON SERVE

help: ## liệt kê các lệnh
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

setup: ## cài môi trường chạy (.venv và bin/thidua)
	@tools/setup base

demo: setup ## cài đặt và chạy mùa xét mẫu (SERVE=0: không mở trang luật)
	@bin/thidua demo $(if $(filter 0,$(SERVE)),--no-serve,)

test: ## cài đặt rồi chạy mọi kiểm tra: kiểu mã, kiểu dữ liệu, ranh giới, kiểm thử trên hai CSDL
	@tools/setup test
	@tools/timed 'kiểm tra tĩnh' $(MAKE) --no-print-directory lint
	@tools/timed 'kiểm thử trên PostgreSQL' tools/with-postgres $(VENV)/pytest -q -n 2 -m django_db
	@tools/timed 'kiểm thử' $(VENV)/pytest -q -n 2 -m 'not (django_db and (browser or walk)) or smoke'

check: ## như `test` nhưng chỉ phần tĩnh: nhanh, trước mỗi commit
	@tools/setup test
	@$(MAKE) --no-print-directory lint

.PHONY: lint
lint:
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy
	$(VENV)/lint-imports --no-logo
	$(VENV)/python -m thidua.config check --fail-level WARNING

fmt: ## định dạng lại mã
	@tools/setup test
	$(VENV)/ruff check --fix-only .
	$(VENV)/ruff format .

bench: ## đo máy suy luận so với các công cụ khác
	@tools/setup bench
	$(VENV)/python -m bench

nightly: ## kiểm thử sâu, nhiều ví dụ ngẫu nhiên hơn; ghi docs/quality.md, cả khi có lỗi
	@tools/setup test
	@rm -f .venv/nightly*.xml; red=0; \
	tools/with-postgres $(VENV)/pytest -q -n 2 -m django_db --junitxml=.venv/nightly-postgres.xml || red=1; \
	HYPOTHESIS_PROFILE=nightly DRAWN_TIMES=20 $(VENV)/pytest -q -n 2 --junitxml=.venv/nightly.xml || red=1; \
	$(VENV)/python tools/quality.py .venv/nightly.xml .venv/nightly-postgres.xml || red=1; \
	exit $$red

screens: ## chụp màn hình trang luật vào docs/screens
	@tools/setup test
	$(VENV)/python tools/screens.py

vendor: ## làm mới Bootstrap, phông chữ, biểu tượng (cần npm)
	@tools/setup base
	$(VENV)/python tools/vendor.py

messages: ## cập nhật bản dịch trong src/thidua/locale (câu mới để trống)
	@tools/setup test
	$(VENV)/python tools/messages.py

lock: ## tính lại requirements/*.txt từ pyproject.toml
	@tools/setup test
	@tools/lock
