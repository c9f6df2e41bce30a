#include "checkpoint_layout.hpp"
#include "short_name.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {
namespace {

// PayloadWriter: words into a sink through a small buffer, with their checksum. Memory: 280 bytes.
class PayloadWriter {
 public:
  PayloadWriter(ByteSink& sink, std::uint64_t offset) : sink_(sink), offset_(offset) {}

  void add(std::uint32_t word) {
    put_word(buffer_ + used_, word);
    used_ += 4;
    if (used_ == buffer_bytes) flush();
  }
  void add(const float* numbers, std::uint32_t count) {
    for (std::uint32_t i = 0; i < count && ok_; ++i) {
      std::uint32_t bits;
      std::memcpy(&bits, numbers + i, sizeof bits);
      add(bits);
    }
  }
  // Writes what is left, and the checksum.
  void finish() {
    flush();
    add(crc_.value());
    flush();
  }
  bool ok() const { return ok_; }
  std::uint64_t offset() const { return offset_; }

 private:
  void flush() {
    crc_.add(buffer_, used_);
    ok_ = ok_ && sink_.write(buffer_, used_);
    if (ok_) offset_ += used_;
    used_ = 0;
  }

  ByteSink& sink_;
  std::uint64_t offset_;
  Crc32 crc_;
  std::size_t used_ = 0;
  bool ok_ = true;
  unsigned char buffer_[buffer_bytes];
};

Status unwritable(const ByteSink& sink, std::uint64_t offset) {
  Status::Message text;
  write_name(text, sink.name()) << " could not be written at byte " << static_cast<unsigned long long>(offset) << ": "
                                << sink.failure() << '.';
  return Status::error(text);
}

Status out_of_range(const ByteSink& sink) {
  Status::Message text;
  text << "A step, position or schedule of this training is outside its range, so nothing was written to ";
  return Status::error(write_name(text, sink.name()) << '.');
}

void put_header(const CheckpointInfo& info, unsigned char* header) {
  std::memcpy(header, checkpoint_magic, sizeof checkpoint_magic);
  put_word(header + at_version, info.version);
  put_word(header + at_header_bytes, header_bytes);
  put_word(header + at_kind, static_cast<std::uint32_t>(info.kind));
  put_word(header + at_batch, info.batch);
  put_long(header + at_fingerprint, info.fingerprint);
  put_long(header + at_optimizer, info.optimizer);
  put_long(header + at_loss, info.loss);
  put_word(header + at_parameters, info.parameters);
  put_word(header + at_statistics, info.statistics);
  put_word(header + at_optimizer_state, info.optimizer_state);
  put_word(header + at_gradients, info.gradients);
  put_word(header + at_optimizer_settings, info.optimizer_settings);
  Crc32 crc;
  crc.add(header, at_header_checksum);
  put_word(header + at_header_checksum, crc.value());
}

}  // namespace

Status write_checkpoint(const CheckpointInfo& info, const CheckpointBlocks<const float>& blocks,
                        const TrainingRecord* training, ByteSink& sink) {
  std::uint32_t words[training_words];
  if (training != nullptr) {
    put_training_record(*training, words);
    if (TrainingRecord copy; !get_training_record(words, copy)) return out_of_range(sink);
  }
  unsigned char header[header_bytes];
  put_header(info, header);
  if (!sink.write(header, sizeof header)) return unwritable(sink, 0);

  PayloadWriter writer(sink, header_bytes);
  writer.add(blocks.parameters, info.parameters);
  writer.add(blocks.statistics, info.statistics);
  if (training != nullptr) {
    writer.add(blocks.optimizer_state, info.optimizer_state);
    writer.add(blocks.gradients, info.gradients);
    for (const std::uint32_t word : words) writer.add(word);
    for (std::uint32_t i = 0; i < info.optimizer_settings; ++i) writer.add(training->settings[i]);
  }
  writer.finish();
  return writer.ok() ? Status() : unwritable(sink, writer.offset());
}

bool all_zero(const float* numbers, int count) {
  for (int i = 0; i < count; ++i) {
    std::uint32_t bits;
    std::memcpy(&bits, numbers + i, sizeof bits);
    if (bits != 0) return false;
  }
  return true;
}

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
