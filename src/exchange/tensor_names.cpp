#include <cstring>

#include <mica/exchange/tensor_matching.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace exchange {
namespace {

// What is left of `name` behind `begin`, if `begin` is the whole of it or ends at a dot; else null.
const char* behind(const char* name, const char* begin) {
  const std::size_t length = std::strlen(begin);
  if (std::strncmp(name, begin, length) != 0) return nullptr;
  return name[length] == '\0' || name[length] == '.' ? name + length : nullptr;
}

}  // namespace

FileName name_of(const NamedTensor& tensor) {
  FileName name;
  for (int level = 0; level < tensor.levels; ++level) name << int{tensor.path[level]} << '.';
  return name << tensor.suffix;
}

FileName name_in_file(const NamedTensor& tensor, const LoadOptions& options) {
  const FileName own = name_of(tensor);
  FileName name;
  name << options.prefix;
  for (int i = 0; i < options.change_count; ++i) {
    const char* const rest = behind(own.c_str(), options.changes[i].model);
    if (rest != nullptr) return name << options.changes[i].file << rest;
  }
  return name << own.c_str();
}

}  // namespace exchange
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
