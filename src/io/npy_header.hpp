#pragma once

#include <mica/exchange/tensor_matching.hpp>
#include <mica/io/bytes.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

// Reads the header of an array in NumPy's form (.npy, versions 1 to 3) that takes up the bytes begin to end, into type,
// shape, order and place of its elements. Returns what is wrong, or null.
const char* read_npy_header(const ByteSource& source, std::uint64_t begin, std::uint64_t end,
                            exchange::TensorInFile& tensor);

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
