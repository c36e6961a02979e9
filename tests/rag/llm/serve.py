"""llama-cpp-python's own server, with the weights as they are: repacked ones end it on some machines."""

import runpy

import llama_cpp.llama_cpp as c

_usual = c.llama_model_default_params


def _as_they_are():  # type: ignore[no-untyped-def]
    settings = _usual()
    settings.use_extra_bufts = False
    return settings


c.llama_model_default_params = _as_they_are
runpy.run_module("llama_cpp.server", run_name="__main__")
