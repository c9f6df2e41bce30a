#pragma once

#include <cstdint>

#include <mica/exchange/named_tensor.hpp>
#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace exchange {

// What a file's numbers are. Those of more than 32 bits are rounded, those of 16 bits fit exactly.
enum class ElementType : unsigned char { f32, f64, f16, bf16, i64, i32, hexadecimal, other };

// What became of a tensor of the network or of the file.
enum class Fate : unsigned char { taken, zeros, kept, missing, left_over, other_shape, other_type, repeated };

// TensorFate: one line of the table. `wanted` is null for what the network has no place for; the type, and the shape as
// the file has it, are there if the file has the tensor. Valid during the call. Memory: 56 bytes.
struct TensorFate {
  Fate fate;
  const char* name;            // in the file, or as it was looked for there
  const NamedTensor* wanted;   // or null
  const char* type;            // as the file calls it, or null
  const std::uint64_t* shape;  // or null
  int rank;
};

// TensorReport: is told the fate of each tensor, problems and all. Memory: a table pointer.
class TensorReport {
 public:
  virtual void tensor(const TensorFate& fate) = 0;

 protected:
  ~TensorReport() = default;
};

// NameChange: tensors that the network calls `model`, or `model` and more behind a dot, the file calls `file`, and the
// same behind it: {"conv1", "0"} finds "0.weight" as "conv1.weight". Memory: two pointers.
struct NameChange {
  const char* file;
  const char* model;
};

// LoadOptions: how names are matched, and who is told. Memory: four words.
struct LoadOptions {
  TensorReport* report = nullptr;
  const char* prefix = "";  // in front of every name in the file
  const NameChange* changes = nullptr;
  int change_count = 0;
  bool keep_others = false;  // what the file does not have stays in the model as it is, instead of being missing or 0
};

}  // namespace exchange
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
