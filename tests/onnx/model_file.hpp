// What the tests do with ONNX files as bytes: parts are read by the importer's reader and written again here.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/onnx/small_models.hpp"
#include "tools/mica/onnx/graph.hpp"
#include "tools/mica/onnx/import.hpp"
#include "tools/mica/onnx/protobuf_reader.hpp"
#include "tools/mica/onnx/read_model.hpp"

namespace onnx_tests {

namespace onnx = mica::onnx;

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}
inline void write_file(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}
inline onnx::Bytes bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), 0};
}

// The message again, with what `change` makes of each field of bytes: the field's number and bytes to a whole field.
template <class Change>
std::string rewritten(onnx::Bytes message, Change change) {
  std::string out;
  onnx::ProtobufReader reader(message);
  std::size_t from = 0;
  while (reader.next()) {
    const std::size_t begin = reader.offset() - message.offset;
    std::size_t end = begin;
    if (reader.wire() == onnx::ProtobufReader::Wire::bytes) {
      end = reader.bytes().offset - message.offset + reader.bytes().size;
      out += change(reader.number(), std::string(reader.bytes().text()));
    } else {
      std::uint64_t ignored = 0;
      onnx::ProtobufReader::read_varint(message, end, ignored);
      if (reader.wire() == onnx::ProtobufReader::Wire::varint) onnx::ProtobufReader::read_varint(message, end, ignored);
      if (reader.wire() == onnx::ProtobufReader::Wire::fixed32) end += 4;
      if (reader.wire() == onnx::ProtobufReader::Wire::fixed64) end += 8;
      out += std::string(message.text().substr(begin, end - begin));
    }
    from = end;
  }
  return from == message.size ? out : "";
}

// Calls use(batch, place, number) for all numbers of a tensor in the file's order, with where Mica has them.
template <class Use>
void for_each_number(const onnx::Layout& layout, Use use) {
  onnx::Axis all;
  for (const onnx::Axis& axis : layout.axes) all.insert(all.end(), axis.begin(), axis.end());
  const std::int64_t count = onnx::extent(all);
  for (std::int64_t i = 0; i < count; ++i) {
    std::int64_t rest = i, batch = 0, place = 0;
    for (auto run = all.rbegin(); run != all.rend(); ++run) {
      const std::int64_t at = rest % run->size;
      rest /= run->size;
      (run->stride == onnx::batch_stride ? batch : place) += run->stride == onnx::batch_stride ? at : at * run->stride;
    }
    use(batch, place, i);
  }
}

// The file's numbers in Mica's order, sample by sample. `batch` samples, if the file leaves that open.
inline std::vector<float> in_order(const std::vector<float>& numbers, onnx::Layout layout, std::int64_t batch) {
  for (onnx::Axis& axis : layout.axes) {
    for (onnx::Run& run : axis) {
      if (run.stride == onnx::batch_stride && run.size == onnx::any_batch) run.size = batch;
    }
  }
  std::vector<float> moved(numbers.size());
  const std::int64_t sample = layout.sample_size();
  for_each_number(layout, [&](std::int64_t b, std::int64_t place, std::int64_t i) {
    const auto to = static_cast<std::size_t>(b * sample + place);
    if (to < moved.size() && static_cast<std::size_t>(i) < numbers.size()) {
      moved[to] = numbers[static_cast<std::size_t>(i)];
    }
  });
  return moved;
}

class TextSink final : public mica::io::ByteSink {
 public:
  bool write(const void* bytes, std::size_t count) override {
    text.append(static_cast<const char*>(bytes), count);
    return true;
  }
  const char* name() const override { return "memory"; }
  std::string text;
};

inline void write_numbers(const std::filesystem::path& path, const std::vector<float>& numbers) {
  write_file(path, {reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(float)});
}

// Runs a line of the shell; its exit status.
inline int run(const std::string& line) {
  const int status = std::system(line.c_str());
  if (status != 0) std::printf("Failed: %.300s\n", line.c_str());
  return status;
}

}  // namespace onnx_tests
