#include <mica/exchange/tensor_matching.hpp>

#include <cstring>

#include <mica/io/crc32.hpp>

#include "../io/short_name.hpp"
#include "elements.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace exchange {
namespace {

bool takes(TensorKind kind, ElementType type) {
  switch (type) {
    case ElementType::f32:
    case ElementType::f64:
      return true;
    case ElementType::f16:
    case ElementType::bf16:
      return kind == TensorKind::numbers;
    case ElementType::i64:
    case ElementType::i32:
      return kind == TensorKind::batches;
    case ElementType::hexadecimal:
      return kind == TensorKind::remainder;
    case ElementType::other:
      break;
  }
  return false;
}

bool same_shape(const NamedTensor& wanted, const TensorInFile& tensor) {
  // One number may be a scalar or an array of one.
  if (wanted.rank == 0) return tensor.rank == 0 || (tensor.rank == 1 && tensor.shape[0] == 1);
  if (tensor.rank != wanted.rank) return false;
  for (int i = 0; i < wanted.rank; ++i) {
    if (tensor.shape[i] != static_cast<std::uint64_t>(wanted.shape[i])) return false;
  }
  return true;
}

const char* words_for(Fate fate) {
  switch (fate) {
    case Fate::missing:
      return "is missing";
    case Fate::other_shape:
      return "has another shape";
    case Fate::other_type:
      return "holds numbers of a type that is not taken";
    case Fate::repeated:
      return "is there twice";
    default:
      return "";
  }
}

// Calls take(i, number) for each element of the file, in the order of the file; false if one cannot be read or taken.
template <class Take>
bool read_elements(const NamedTensor& tensor, const FoundTensor& found, const io::ByteSource& source, Take take) {
  const std::size_t bytes = static_cast<std::size_t>(bytes_of(found.type));
  const int count = tensor.count(), at_a_time = static_cast<int>(element_buffer / bytes);
  unsigned char buffer[element_buffer];
  for (int done = 0; done < count;) {
    const int n = count - done < at_a_time ? count - done : at_a_time;
    const std::uint64_t offset = found.offset + static_cast<std::uint64_t>(done) * bytes;
    if (!source.read(offset, buffer, static_cast<std::size_t>(n) * bytes)) return false;
    for (int i = 0; i < n; ++i) {
      float number = 0;
      if (!element_as_float(buffer + static_cast<std::size_t>(i) * bytes, found.type, number)) return false;
      take(done + i, number);
    }
    done += n;
  }
  return true;
}

bool checksum_right(const FoundTensor& found, const io::ByteSource& source) {
  io::Crc32 sum;
  unsigned char buffer[element_buffer];
  const std::uint64_t end = found.offset + found.bytes;
  for (std::uint64_t at = found.summed; at < end;) {
    const std::size_t n = end - at < element_buffer ? static_cast<std::size_t>(end - at) : element_buffer;
    if (!source.read(at, buffer, n)) return false;
    sum.add(buffer, n);
    at += n;
  }
  return sum.value() == found.checksum;
}

}  // namespace

void TensorMatching::tell(Fate fate, const char* name, const NamedTensor* wanted, const TensorInFile* tensor) {
  if (options_.report != nullptr) {
    options_.report->tensor({fate, name, wanted, tensor == nullptr ? nullptr : tensor->type_name.c_str(),
                             tensor == nullptr ? nullptr : tensor->shape, tensor == nullptr ? 0 : tensor->rank});
  }
  if (*words_for(fate) == '\0' || problems_++ > 0) return;
  Status::Message text;
  io::write_name(text, name) << ' ' << words_for(fate);
  first_problem_ = Status::error(text);
}

void TensorMatching::offer(const TensorInFile& tensor) {
  for (int i = 0; i < wanted_.count && tensor.whole_name; ++i) {
    const NamedTensor& wanted = wanted_.tensors[i];
    if (std::strcmp(name_in_file(wanted, options_).c_str(), tensor.name.c_str()) != 0) continue;
    FoundTensor& found = found_[i];
    const Fate fate = found.present                      ? Fate::repeated
                      : !takes(wanted.kind, tensor.type) ? Fate::other_type
                      : !same_shape(wanted, tensor)      ? Fate::other_shape
                                                         : Fate::taken;
    tell(fate, tensor.name.c_str(), &wanted, &tensor);
    found = {tensor.offset, tensor.bytes, tensor.summed, tensor.checksum, tensor.type, tensor.fortran, true};
    return;
  }
  tell(Fate::left_over, tensor.name.c_str(), nullptr, &tensor);
}

Status TensorMatching::finish(const io::ByteSource& source) {
  for (int i = 0; i < wanted_.count; ++i) {
    const NamedTensor& wanted = wanted_.tensors[i];
    if (found_[i].present || wanted.kind == TensorKind::remainder) continue;
    const Fate fate = options_.keep_others ? Fate::kept : wanted.optional ? Fate::zeros : Fate::missing;
    tell(fate, name_in_file(wanted, options_).c_str(), &wanted, nullptr);
  }
  if (problems_ > 0) {
    Status::Message text;
    io::write_name(text, source.name()) << " does not fit the network: " << first_problem_.message();
    if (problems_ > 1) text << ", and " << problems_ - 1 << (problems_ == 2 ? " more problem" : " more problems");
    return Status::error(text << '.');
  }
  return check_overlap(source);
}

// A file in which two tensors share bytes was made by no honest program.
Status TensorMatching::check_overlap(const io::ByteSource& source) const {
  for (int i = 0; i < wanted_.count; ++i) {
    for (int j = 0; j < i; ++j) {
      const FoundTensor &a = found_[i], &b = found_[j];
      if (!a.present || !b.present || a.bytes == 0 || b.bytes == 0) continue;
      if (a.offset >= b.offset + b.bytes || b.offset >= a.offset + a.bytes) continue;
      Status::Message text;
      io::write_name(text, source.name()) << " has the same bytes for " << name_of(wanted_.tensors[j]).c_str()
                                          << " and " << name_of(wanted_.tensors[i]).c_str() << '.';
      return Status::error(text);
    }
  }
  return {};
}

Status TensorMatching::read(const io::ByteSource& source, const Blocks<float>& blocks) {
  Status::Message text;
  for (int i = 0; i < wanted_.count; ++i) {
    const FoundTensor& found = found_[i];
    if (!found.present) continue;
    const bool right = found.summed == 0 || checksum_right(found, source);
    if (right && read_elements(wanted_.tensors[i], found, source, [](int, float) {})) continue;
    io::write_name(text, source.name()) << " is damaged, or holds numbers too large for 32 bits, in "
                                        << name_in_file(wanted_.tensors[i], options_).c_str() << '.';
    return Status::error(text);
  }
  for (int i = 0; i < wanted_.count; ++i) {
    const FoundTensor& found = found_[i];
    const NamedTensor& tensor = wanted_.tensors[i];
    float* const numbers = blocks.of(tensor);
    if (!found.present) {
      // A running mean that was replaced is not to keep what the old one rounded off.
      const bool belongs_to_taken = tensor.kind == TensorKind::remainder && i > 0 && found_[i - 1].present;
      if (options_.keep_others && !belongs_to_taken) continue;
      for (int at = tensor.added; at < tensor.count(); ++at) numbers[tensor.place(at)] = 0;
      continue;
    }
    const bool read = read_elements(tensor, found, source, [&](int at, float number) {
      at = row_by_row(tensor, found.fortran, at);
      float& place = numbers[tensor.place(at)];
      // A sum with 0 is left alone, so that it keeps the sign of a zero.
      place = at >= tensor.added ? number : number == 0 ? place : place + number;
    });
    if (read) continue;
    io::write_name(text, source.name()) << " could no longer be read after it had been verified; the model is now in "
                                           "part overwritten.";
    return Status::error(text);
  }
  return {};
}

}  // namespace exchange
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
