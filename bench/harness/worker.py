"""Runs the PyTorch side of a workload: one JSON object a line in, one out."""

import base64
import importlib.util
import json
import re
import sys
import time
from functools import partial

import torch

torch.set_num_threads(1)


def blas():
    """What multiplies matrices: without OpenBLAS, Debian's torch is slow."""
    torch.ones(8, 8) @ torch.ones(8, 8)
    with open("/proc/self/maps") as maps:
        names = re.findall(r"/(lib(?:openblas|mkl|blis|blas)[^/\s]*)", maps.read())
    return (sorted(names, key=lambda name: name.startswith("libblas")) or ["BLAS unknown"])[0]


def array(entry):
    data = bytearray(base64.b64decode(entry["data"]))
    return torch.frombuffer(data, dtype=getattr(torch, entry["dtype"])).reshape(entry["shape"])


def differentiated(module, inputs, parameters):
    """A function with `objective(inputs, parameters)` alone: its value, or its gradient by the inputs it names."""
    value, names = module.objective(inputs, parameters)
    arguments = [inputs[name] for name in names]
    results = []

    def primal():
        with torch.no_grad():
            results[:] = [value(*arguments)]

    def derivative():
        results[:] = torch.autograd.grad(value(*arguments), arguments)

    if parameters["wanted"] == "primal":
        return primal, lambda: results
    for argument in arguments:
        argument.requires_grad_()
    return derivative, lambda: results


class Worker:
    def hello(self, _):
        return {"version": torch.__version__, "blas": blas()}

    def load(self, message):
        spec = importlib.util.spec_from_file_location("workload", message["file"])
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        inputs = {entry["name"]: array(entry) for entry in message["inputs"]}
        setup = getattr(module, "setup", None) or partial(differentiated, module)
        self.run, self.read = setup(inputs, message["parameters"])
        return {}

    def results(self, message):
        for _ in range(message["steps"]):
            self.run()
        arrays = [x.detach().double().contiguous().numpy().tobytes() for x in self.read()]
        return {"results": [base64.b64encode(data).decode() for data in arrays]}

    def time(self, message):
        run = self.run
        started = time.perf_counter_ns()
        for _ in range(message["count"]):
            run()
        return {"nanoseconds": time.perf_counter_ns() - started}


worker = Worker()
for line in sys.stdin:
    message = json.loads(line)
    try:
        answer = getattr(worker, message["do"])(message)
    except Exception as error:  # the harness shows it
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
