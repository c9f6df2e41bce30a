#pragma once

#include <string>

namespace mica::command {

// What the user asked for: a file of tensors by name, onto a model or a checkpoint.
struct TensorRequest {
  std::string file, output, model, onto, prefix, map;
  bool json = false;
};

// Whether the file's name says that it holds tensors by name.
bool is_tensor_file(const std::string& file);

// Prints what became of each tensor and writes the checkpoint, or refuses and writes nothing.
void import_tensors(const TensorRequest& request);

}  // namespace mica::command
