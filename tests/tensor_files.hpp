// Files of tensors made in memory, as other programs write them.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstring>

#include <mica/io/bytes.hpp>

namespace tensor_files {

// SafetensorsFile: adds tensors of floats or, for a count, of one integer; finish() puts the header in front.
class SafetensorsFile {
 public:
  void start() { header_used_ = data_used_ = 0; }
  template <class Number>
  void add(const char* name, const char* type, int rank, const int* shape, const Number* numbers, int count) {
    const std::size_t begin = data_used_;
    for (int i = 0; i < count; ++i) put(&numbers[i], sizeof numbers[i]);
    header("%s\"%s\":{\"dtype\":\"%s\",\"shape\":[", header_used_ == 0 ? "{" : ",", name, type);
    for (int i = 0; i < rank; ++i) header("%s%d", i == 0 ? "" : ",", shape[i]);
    header("],\"data_offsets\":[%u,%u]}", static_cast<unsigned>(begin), static_cast<unsigned>(data_used_));
  }
  void finish() {
    header("%s", "}");
    for (int i = 0; i < 8; ++i) bytes_[i] = static_cast<unsigned char>(header_used_ >> 8 * i);
    std::memcpy(bytes_ + 8, header_, header_used_);
    std::memcpy(bytes_ + 8 + header_used_, data_, data_used_);
  }
  unsigned char* bytes() { return bytes_; }
  std::size_t size() const { return 8 + header_used_ + data_used_; }
  mica::io::MemorySource source() const { return {bytes_, size(), "tensors.safetensors"}; }

 private:
  // Lowest byte first, whatever the machine.
  void put(const void* number, std::size_t count) {
    std::uint64_t bits = 0;
    if (count == 8) {
      std::memcpy(&bits, number, 8);
    } else {
      std::uint32_t word;
      std::memcpy(&word, number, 4);
      bits = word;
    }
    for (std::size_t i = 0; i < count; ++i) data_[data_used_++] = static_cast<unsigned char>(bits >> 8 * i);
  }
  template <class... Parts>
  void header(const char* form, Parts... parts) {
    header_used_ +=
        static_cast<std::size_t>(std::snprintf(header_ + header_used_, sizeof header_ - header_used_, form, parts...));
  }

  static constexpr std::size_t room = 6144;
  char header_[room];
  unsigned char data_[room];
  unsigned char bytes_[2 * room];
  std::size_t header_used_ = 0, data_used_ = 0;
};

}  // namespace tensor_files
