#include "checkpoint_layout.hpp"
#include "short_name.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {
namespace {

Status not_a_checkpoint(const ByteSource& source, const unsigned char* found, std::size_t count) {
  Status::Message text;
  write_name(text, source.name()) << " is not a Mica checkpoint: it begins with the bytes";
  const auto write = [&text](const unsigned char* bytes, std::size_t bytes_count) {
    for (std::size_t i = 0; i < bytes_count; ++i) {
      text << ' ' << "0123456789abcdef"[bytes[i] >> 4] << "0123456789abcdef"[bytes[i] & 15];
    }
  };
  write(found, count);
  text << ", a checkpoint with";
  write(checkpoint_magic, sizeof checkpoint_magic);
  return Status::error(text << '.');
}

Status wrong_size(const ByteSource& source, const char* part, std::uint64_t expected) {
  const std::uint64_t found = source.size();
  Status::Message text;
  write_name(text, source.name()) << " has " << number(found) << " bytes, but the " << part << " in it takes "
                                  << number(expected) << ": it is " << (found < expected ? "cut short." : "too long.");
  return Status::error(text);
}

Status damaged(const ByteSource& source, const char* part, std::uint32_t stated, std::uint32_t computed) {
  Status::Message text;
  text << "The " << part << " of ";
  write_name(text, source.name()) << " is damaged: its checksum is ";
  const auto write = [&text](std::uint32_t checksum) {
    for (int shift = 28; shift >= 0; shift -= 4) text << "0123456789abcdef"[(checksum >> shift) & 15];
  };
  write(stated);
  text << ", but its bytes give ";
  write(computed);
  return Status::error(text << '.');
}

Status contradictory(const ByteSource& source) {
  Status::Message text;
  text << "The header of ";
  return Status::error(write_name(text, source.name())
                       << " has the right checksum, but its numbers contradict each other: no Mica has written it.");
}

// Checks that the `count` bytes from `offset`, and the checksum behind them, agree.
Status verify(const ByteSource& source, const char* part, std::uint64_t offset, std::uint64_t count) {
  unsigned char buffer[buffer_bytes];
  Crc32 crc;
  for (std::uint64_t done = 0; done < count;) {
    const std::uint64_t left = count - done;
    const std::size_t size = left < buffer_bytes ? static_cast<std::size_t>(left) : buffer_bytes;
    if (!source.read(offset + done, buffer, size)) return unreadable(source, offset + done);
    crc.add(buffer, size);
    done += size;
  }
  if (!source.read(offset + count, buffer, checksum_bytes)) return unreadable(source, offset + count);
  const std::uint32_t stated = get_word(buffer);
  if (stated != crc.value()) return damaged(source, part, stated, crc.value());
  return {};
}

bool consistent(const CheckpointInfo& info) {
  if (info.kind == CheckpointKind::model) {
    return info.batch == 0 && info.optimizer == 0 && info.loss == 0 && info.optimizer_state == 0 &&
           info.gradients == 0 && info.optimizer_settings == 0;
  }
  return info.kind == CheckpointKind::training && info.batch > 0 &&
         (info.gradients == 0 || info.gradients == info.parameters) && info.optimizer_settings <= most_settings;
}

}  // namespace

Status unreadable(const ByteSource& source, std::uint64_t offset) {
  Status::Message text;
  write_name(text, source.name()) << " could not be read at byte " << number(offset) << '.';
  return Status::error(text);
}

Status settings_out_of_range(const ByteSource& source) {
  Status::Message text;
  text << "The training part of ";
  return Status::error(write_name(text, source.name())
                       << " has the right checksum, but a step, position, schedule or setting that this machine "
                          "cannot hold.");
}

Status needs_gradient(const ByteSource& source) {
  Status::Message text;
  return Status::error(
      write_name(text, source.name())
      << " holds a gradient under way or a clip_norm, but a trainer with FusedUpdate keeps no gradient "
         "of the whole model.");
}

Status step_incomplete(int waiting, const ByteSink& sink) {
  Status::Message text;
  text << waiting << " micro-batches of an incomplete step cannot be saved to ";
  return Status::error(write_name(text, sink.name()) << ": call the trainer's finish_step before.");
}

Status read_header(const ByteSource& source, CheckpointInfo& info) {
  unsigned char header[header_bytes];
  const bool whole = source.size() >= header_bytes;
  const std::size_t present = whole ? std::size_t{header_bytes} : static_cast<std::size_t>(source.size());
  if (!source.read(0, header, present)) return unreadable(source, 0);
  const std::size_t magic_bytes = present < sizeof checkpoint_magic ? present : sizeof checkpoint_magic;
  if (std::memcmp(header, checkpoint_magic, magic_bytes) != 0) return not_a_checkpoint(source, header, magic_bytes);
  if (!whole) return wrong_size(source, "header of a checkpoint", header_bytes);

  // A newer format may have a longer header; its checksum is its end all the same.
  const std::uint32_t claimed_bytes = get_word(header + at_header_bytes);
  if (claimed_bytes < header_bytes) return contradictory(source);
  if (claimed_bytes > source.size()) return wrong_size(source, "header", claimed_bytes);
  const std::uint64_t covered = claimed_bytes - checksum_bytes;
  if (Status status = verify(source, "header", 0, covered); !status.ok()) return status;

  info.version = get_word(header + at_version);
  if (info.version > CheckpointInfo::newest_version) {
    Status::Message text;
    write_name(text, source.name()) << " is a checkpoint of format " << info.version
                                    << ", but this Mica reads formats up to " << CheckpointInfo::newest_version
                                    << ": it was written by a newer Mica.";
    return Status::error(text);
  }
  info.kind = static_cast<CheckpointKind>(get_word(header + at_kind));
  info.batch = get_word(header + at_batch);
  info.fingerprint = get_long(header + at_fingerprint);
  info.optimizer = get_long(header + at_optimizer);
  info.loss = get_long(header + at_loss);
  info.parameters = get_word(header + at_parameters);
  info.statistics = get_word(header + at_statistics);
  info.optimizer_state = get_word(header + at_optimizer_state);
  info.gradients = get_word(header + at_gradients);
  info.optimizer_settings = get_word(header + at_optimizer_settings);
  if (info.version == 0 || claimed_bytes != header_bytes || !consistent(info)) return contradictory(source);

  const std::uint64_t expected = header_bytes + payload_bytes(info) + checksum_bytes;
  if (source.size() != expected) return wrong_size(source, "checkpoint", expected);
  return verify(source, "content", header_bytes, payload_bytes(info));
}

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
