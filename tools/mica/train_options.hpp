#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace mica::command {

// TrainOptions: what `mica train` was asked for.
struct TrainOptions {
  std::string model, data, out, header, report, resume, watch;
  int epochs = 0;  // 0: as many as the model usually takes
  std::optional<std::uint64_t> seed;
  std::optional<float> learning_rate, momentum;
  int limit = 0;  // 0: all samples
  std::optional<float> validation;
  int patience = 0;
  int threads = 1;
  bool quiet = false, json = false;
};

// False if the help was asked for. Refuses options that do not go together.
bool parse(TrainOptions& options, int count, char** words);

}  // namespace mica::command
