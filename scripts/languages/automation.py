"""Runs __main__.py without a language host, and does with it what the first argument says: "up", which prints the
outputs, and after which a preview and a refresh must find no change; or "destroy"."""

import json
import runpy
import sys

from pulumi import automation

stack = automation.create_or_select_stack(
    stack_name="test",
    project_name="maps",
    program=lambda: runpy.run_path("__main__.py"),
)
if sys.argv[1] == "destroy":
    stack.destroy()
else:
    up = stack.up()
    stack.preview(expect_no_changes=True)
    stack.refresh(expect_no_changes=True)
    print(json.dumps({name: {"value": output.value, "secret": output.secret} for name, output in up.outputs.items()}))
