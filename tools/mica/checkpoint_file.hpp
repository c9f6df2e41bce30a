#pragma once

#include <memory>
#include <string>

#include <mica/io/checkpoint_info.hpp>
#include <mica/io/file.hpp>

#include "../models/reference_model.hpp"

namespace mica::command {

// CheckpointFile: a checkpoint that is whole, and the reference model it belongs to; anything else is refused.
class CheckpointFile {
 public:
  explicit CheckpointFile(const std::string& path);

  const io::FileSource& source() const { return source_; }
  const io::CheckpointInfo& info() const { return info_; }
  const models::ReferenceModel& model() const { return *model_; }
  // The model with the checkpoint's weights.
  std::unique_ptr<models::Network> load() const;

 private:
  io::FileSource source_;
  io::CheckpointInfo info_;
  const models::ReferenceModel* model_ = nullptr;
};

}  // namespace mica::command
