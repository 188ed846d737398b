"""python run_blocks.py RUNNER < pages.json: run the blocks of pages with the browser's runner."""

import importlib.util
import json
import sys

spec = importlib.util.spec_from_file_location("runner", sys.argv[1])
assert spec
assert spec.loader
runner = importlib.util.module_from_spec(spec)
spec.loader.exec_module(runner)
sys.path.insert(0, ".")

answers = {}
for page, calls in json.load(sys.stdin).items():
    runner.reset()
    answers[page] = [json.loads(getattr(runner, call)(*args)) for call, *args in calls]
print(json.dumps(answers))
