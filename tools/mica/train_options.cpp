#include "train_options.hpp"

#include <utility>

#include "../models/network.hpp"
#include "../models/refusal.hpp"
#include "arguments.hpp"

namespace mica::command {
namespace {

constexpr int most_epochs = 1000000;
constexpr float smallest_number = 1e-9f, largest_rate = 1000, largest_momentum = 0.999999f;
constexpr float largest_validation = 0.9f;

void check_together(const TrainOptions& options) {
  const std::pair<const char*, const std::string&> outputs[] = {
      {"--out", options.out}, {"--header", options.header}, {"--report", options.report}};
  for (const auto& first : outputs) {
    for (const auto& second : outputs) {
      if (&first >= &second || first.second.empty() || first.second != second.second) continue;
      models::refuse(std::string(first.first) + " and " + second.first + " both name " + first.second +
                     ", but a file can hold only one of the two.");
    }
  }
  if (options.patience > 0 && !options.validation) {
    models::refuse("--patience watches the validation loss and so needs --validation SHARE, which is not given.");
  }
  if (options.patience > 0 && !options.resume.empty()) {
    models::refuse("--patience does not go with --resume, because a checkpoint does not hold the best weights so far.");
  }
}

}  // namespace

bool parse(TrainOptions& options, int count, char** words) {
  Arguments arguments("train", "[OPTIONS]", "Trains a reference model, shows how it does, and saves it.");
  arguments.text("--model", "NAME", "the reference model (default: mlp); mica info lists them", options.model);
  arguments.text("--data", "DIR", "MNIST's four raw IDX files, or what mica convert wrote (default: generated samples)",
                 options.data);
  arguments.integer("--epochs", "N", "passes over the training set (default: the model's own)", 1, most_epochs,
                    options.epochs);
  arguments.integer("--seed", "N", "of the weights and the order of the samples (default: 42)", 0, UINT64_MAX,
                    options.seed);
  arguments.number("--learning-rate", "X", "(default: the model's own)", smallest_number, largest_rate,
                   options.learning_rate);
  arguments.number("--momentum", "X", "(default: the model's own)", 0, largest_momentum, options.momentum);
  arguments.integer("--limit", "N", "train on the first N samples only", 1, 0x7fffffff, options.limit);
  arguments.number("--validation", "SHARE", "keep this share of the samples for validation", smallest_number,
                   largest_validation, options.validation);
  arguments.integer("--patience", "N", "end after N epochs without a better validation loss, keep the best weights", 1,
                    most_epochs, options.patience);
  arguments.integer("--threads", "N", "threads that share the work, with the same bits (default: 1)", 1,
                    models::most_threads, options.threads);
  arguments.text("--out", "FILE", "write a checkpoint after every epoch", options.out);
  arguments.text("--header", "FILE", "write the trained weights as a C++ header", options.header);
  arguments.text("--report", "FILE", "write the table at the end to a file too", options.report);
  arguments.text("--watch", "DIR", "write a page there that shows the training, renewed while it runs", options.watch);
  arguments.text("--resume", "FILE", "go on from a checkpoint; repeat --data, --limit, --validation", options.resume);
  arguments.flag("--quiet", "no progress", options.quiet);
  arguments.flag("--json", "the last line is one JSON object", options.json);
  if (!arguments.parse(count, words)) return false;
  check_together(options);
  return true;
}

}  // namespace mica::command
