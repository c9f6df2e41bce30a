// Whatever bytes an archive of NumPy's holds, loading it ends in a Status: nothing is read outside, and a model whose
// file is refused stays as it was.
#include "tests/fuzz/tensor_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  fuzz::load_tensors(bytes, size, [](auto& model, const auto& source, const auto& options) {
    return mica::io::load_npz(model, source, options);
  });
  return 0;
}
