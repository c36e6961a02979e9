# Read by CMake at the head of llama-cpp-python's project (CMAKE_PROJECT_llama_cpp_INCLUDE). The
# package forces llama.cpp's `common` library (chat templates, HTTP, argument parsing for its own
# tools) to be built; hoibao does not use it, and it is the larger half of the build.
set(LLAMA_BUILD_COMMON OFF)
