#include "checkpoint_file.hpp"

#include "../models/refusal.hpp"
#include "../models/registry.hpp"
#include "format.hpp"

namespace mica::command {

CheckpointFile::CheckpointFile(const std::string& path) {
  models::check(source_.open(path.c_str()));
  models::check(io::inspect(info_, source_));
  model_ = models::model_with_fingerprint(info_.fingerprint);
  if (model_ == nullptr) {
    models::refuse(path + " holds a network of " + std::to_string(info_.parameters) +
                   " parameters with the fingerprint " + hexadecimal(info_.fingerprint) +
                   ", which is none of the reference models (" + models::model_names() + ").");
  }
}

std::unique_ptr<models::Network> CheckpointFile::load() const {
  std::unique_ptr<models::Network> network = model_->create();
  models::check(network->load(source_));
  return network;
}

}  // namespace mica::command
