#include <mica/data/dataset.hpp>
#include <mica/data/serial_dataset.hpp>

#include "../io/short_name.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace {

constexpr unsigned char question = 'q', answer = 'a';
constexpr std::size_t question_bytes = 5;

void put_index(unsigned char* bytes, int index) {
  for (int i = 0; i < 4; ++i) bytes[i] = static_cast<unsigned char>(static_cast<std::uint32_t>(index) >> 8 * i);
}

}  // namespace

bool SerialSamples::ask(int index) {
  unsigned char payload[question_bytes] = {question};
  put_index(payload + 1, index);
  return io::write_frame(payload, sizeof payload, *port_);
}

// payload: 'a', index, label, pixels
bool SerialSamples::is_answer(int index) const {
  unsigned char expected[5] = {answer};
  put_index(expected + 1, index);
  return parser_.size() == answer_bytes + static_cast<std::size_t>(pixels_) &&
         std::memcmp(parser_.payload(), expected, sizeof expected) == 0;
}

// Whether the answer comes, before a pause and before too many bytes of other things.
bool SerialSamples::await(int index) {
  const std::size_t most = 4 * room(pixels_);
  for (std::size_t taken = 0; taken < most; ++taken) {
    const int byte = port_->receive();
    if (byte < 0) break;
    if (parser_.add(static_cast<unsigned char>(byte)) && is_answer(index)) return true;
  }
  // The answer may stand behind a false start that waits for more.
  while (parser_.skip()) {
    if (is_answer(index)) return true;
  }
  return false;
}

Status SerialSamples::read(int index, float* sample, std::uint8_t& label) {
  Status::Message text;
  if (index < 0 || index >= size_) {
    return Status::error(text << "Sample " << index << " was asked for, but there are " << size_ << '.');
  }
  for (int attempt = 0; attempt < attempts; ++attempt) {
    if (!ask(index)) {
      io::write_name(text, port_->name()) << " could not be asked for sample " << index << ": " << port_->failure();
      return Status::error(text << '.');
    }
    if (!await(index)) continue;
    label = parser_.payload()[answer_bytes - 1];
    if (Status status = check_label(index, label, classes_); !status.ok()) return status;
    std::uint8_t* const pixels = pixels_inside(sample, pixels_);
    std::memcpy(pixels, parser_.payload() + answer_bytes, static_cast<std::size_t>(pixels_));
    standardization_.apply(pixels_, pixels, sample);
    return {};
  }
  io::write_name(text, port_->name()) << " gave no right answer to " << attempts << " questions for sample " << index
                                      << ", " << parser_.dropped() << " bytes were dropped so far.";
  return Status::error(text);
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
