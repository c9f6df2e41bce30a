#pragma once

#include <cstdint>

#include <mica/exchange/named_tensor.hpp>
#include <mica/exchange/tensor_report.hpp>
#include <mica/io/bytes.hpp>
#include <mica/status.hpp>
#include <mica/text.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace exchange {

using FileName = Text<127>;

// The name in a torch.nn.Sequential, and as a file calls it.
FileName name_of(const NamedTensor& tensor);
FileName name_in_file(const NamedTensor& tensor, const LoadOptions& options);

// TensorInFile: what a reader has found out about one tensor of a file. Memory: about 240 bytes.
struct TensorInFile {
  static constexpr int most_extents = 8;

  FileName name;
  bool whole_name = true;  // false: it is longer than FileName, and so no tensor of the network
  ElementType type = ElementType::other;
  Text<15> type_name;
  int rank = 0;
  std::uint64_t shape[most_extents] = {};
  std::uint64_t offset = 0, bytes = 0;  // of its elements
  bool fortran = false;                 // the first extent varies fastest
  std::uint64_t summed = 0;             // where the bytes begin that `checksum` is of; 0: there is none
  std::uint32_t checksum = 0;
};

// FoundTensor: where the file has a tensor of the network. Memory: 32 bytes.
struct FoundTensor {
  std::uint64_t offset = 0, bytes = 0, summed = 0;
  std::uint32_t checksum = 0;
  ElementType type = ElementType::other;
  bool fortran = false, present = false;
};

// TensorMatching: finds a network's tensors in a file that is read once, and takes their numbers over only when all are
// there. Memory: five words, and a FoundTensor for each tensor, which the caller has.
class TensorMatching {
 public:
  TensorMatching(TensorNames wanted, FoundTensor* found, const LoadOptions& options)
      : wanted_(wanted), found_(found), options_(options) {}

  // One tensor of the file.
  void offer(const TensorInFile& tensor);
  // What is missing; then everything that was wrong, in a sentence.
  Status finish(const io::ByteSource& source);
  // Reads all numbers once to see that they can be taken, and then into the model.
  Status read(const io::ByteSource& source, const Blocks<float>& blocks);

 private:
  void tell(Fate fate, const char* name, const NamedTensor* wanted, const TensorInFile* tensor);
  Status check_overlap(const io::ByteSource& source) const;

  TensorNames wanted_;
  FoundTensor* found_;
  const LoadOptions& options_;
  int problems_ = 0;
  Status first_problem_;
};

}  // namespace exchange
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
