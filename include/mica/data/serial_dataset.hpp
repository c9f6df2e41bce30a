#pragma once

#include <cstddef>
#include <cstdint>

#include <mica/data/standardization.hpp>
#include <mica/io/frame.hpp>
#include <mica/io/serial_port.hpp>
#include <mica/namespace.hpp>
#include <mica/shape.hpp>
#include <mica/status.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// SerialSamples: asks the other end of a line for samples by their number; the count of bytes is known at run time.
// Each question and each answer is a frame (io/frame.hpp, docs/files.md). What arrives and is not the answer, be it
// damaged, hostile or late, is dropped, and after a pause the question is asked again.
// Memory: the parser, the standardisation and six words; the buffer is the caller's.
// Errors: an index outside the set, no right answer in `attempts` attempts, a line that cannot be written to, a label
// that is not below `classes`.
class SerialSamples {
 public:
  static constexpr std::size_t answer_bytes = 6;  // of an answer's payload, before the pixels
  static constexpr int attempts = 4;

  SerialSamples(io::SerialPort& port, int size, int classes, Standardization standardization, void* buffer, int pixels)
      : port_(&port),
        parser_(buffer, room(pixels)),
        standardization_(standardization),
        size_(size),
        classes_(classes),
        pixels_(pixels) {}

  int size() const { return size_; }
  float black() const { return standardization_.black(); }
  Status read(int index, float* sample, std::uint8_t& label);

  // Of the buffer.
  static constexpr std::size_t room(int pixels) {
    return io::frame_overhead + answer_bytes + static_cast<std::size_t>(pixels);
  }

 private:
  bool ask(int index);
  bool await(int index);
  bool is_answer(int index) const;

  io::SerialPort* port_;
  io::FrameParser parser_;
  Standardization standardization_;
  int size_, classes_, pixels_;
};

// SerialDataset: samples that come over a line when they are asked for, as a dataset (see dataset.hpp): RAM holds the
// batch that is trained on and one frame. Training that resumes asks for the same samples again.
// Shape: SampleShape::size bytes are one sample. Memory: that of SerialSamples, and one frame. Two threads must not
// read from one. Errors: those of SerialSamples.
template <class SampleShape>
class SerialDataset {
  static constexpr std::size_t room = SerialSamples::room(SampleShape::size);
  static_assert(room - io::frame_overhead <= io::longest_payload,
                "mica::SerialDataset: a frame holds at most 65529 bytes of one sample.");

 public:
  using Sample = SampleShape;

  SerialDataset(io::SerialPort& port, int size, int classes = 10,
                Standardization standardization = mnist_standardization)
      : samples_(port, size, classes, standardization, buffer_, SampleShape::size) {}
  SerialDataset(const SerialDataset&) = delete;
  SerialDataset& operator=(const SerialDataset&) = delete;

  int size() const { return samples_.size(); }
  float black() const { return samples_.black(); }
  Status read(int index, float* sample, std::uint8_t& label) const { return samples_.read(index, sample, label); }

 private:
  unsigned char buffer_[room];
  mutable SerialSamples samples_;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
