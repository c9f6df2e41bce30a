#include <mica/io/safetensors.hpp>
#include <mica/io/source_writer.hpp>

#include "../exchange/elements.hpp"
#include "could_not_write.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {
namespace {

using exchange::NamedTensor;
using exchange::TensorKind;

SourceWriter& put(SourceWriter& writer, std::uint64_t number) {
  Text<20> digits;
  digits << static_cast<unsigned long long>(number);
  return writer << digits.c_str();
}

void write_remainder(const NamedTensor& tensor, const exchange::Blocks<const float>& blocks, SourceWriter& writer) {
  writer << ",\"" << exchange::name_of(tensor).c_str() << "\":\"";
  for (int i = 0; i < tensor.count(); ++i) {
    const std::uint32_t bits = exchange::bits_of(blocks.of(tensor)[tensor.place(i)]);
    for (int shift = 28; shift >= 0; shift -= 4) writer << "0123456789abcdef"[bits >> shift & 15];
  }
  writer << '"';
}

// `offset` is moved behind the tensor's bytes.
void write_entry(const NamedTensor& tensor, std::uint64_t& offset, SourceWriter& writer) {
  const bool integer = tensor.kind == TensorKind::batches;
  writer << ",\"" << exchange::name_of(tensor).c_str() << "\":{\"dtype\":\"" << (integer ? "I64" : "F32")
         << "\",\"shape\":[";
  for (int i = 0; i < tensor.rank; ++i) writer << (i == 0 ? "" : ",") << tensor.shape[i];
  put(writer << "],\"data_offsets\":[", offset) << ',';
  offset += static_cast<std::uint64_t>(tensor.count()) * (integer ? 8 : 4);
  put(writer, offset) << "]}";
}

// Calls f for each tensor in the order of the bytes: integers first, so that each begins at a multiple of its size.
template <class Function>
void in_order_of_bytes(exchange::TensorNames tensors, Function f) {
  for (const TensorKind kind : {TensorKind::batches, TensorKind::numbers}) {
    for (int i = 0; i < tensors.count; ++i) {
      if (tensors.tensors[i].kind == kind) f(tensors.tensors[i]);
    }
  }
}

void write_header(exchange::TensorNames tensors, const exchange::Blocks<const float>& blocks, SourceWriter& writer) {
  writer << "{\"__metadata__\":{\"format\":\"pt\"";
  for (int i = 0; i < tensors.count; ++i) {
    const NamedTensor& tensor = tensors.tensors[i];
    const bool lost = tensor.kind == TensorKind::remainder && !all_zero(tensor, blocks);
    if (lost) write_remainder(tensor, blocks, writer);
  }
  writer << '}';
  std::uint64_t offset = 0;
  in_order_of_bytes(tensors, [&](const NamedTensor& tensor) { write_entry(tensor, offset, writer); });
  writer << '}';
}

}  // namespace

Status write_safetensors(exchange::TensorNames tensors, const exchange::Blocks<const float>& blocks, ByteSink& sink) {
  if (Status status = check_batches(tensors, blocks); !status.ok()) return status;
  exchange::CountingSink count;
  SourceWriter counter(count);
  write_header(tensors, blocks, counter);
  counter.flush();
  const std::uint64_t padding = (8 - count.count() % 8) % 8;

  unsigned char length[8];
  exchange::put_bytes(length, 8, count.count() + padding);
  bool written = sink.write(length, sizeof length);
  SourceWriter writer(sink);
  write_header(tensors, blocks, writer);
  for (std::uint64_t i = 0; i < padding; ++i) writer << ' ';
  written = written && writer.flush();
  in_order_of_bytes(
      tensors, [&](const NamedTensor& tensor) { written = written && exchange::write_elements(tensor, blocks, sink); });
  return written ? Status() : could_not_write(sink);
}

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
