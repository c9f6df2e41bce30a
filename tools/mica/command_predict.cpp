#include <cstdio>
#include <optional>

#include "../models/refusal.hpp"
#include "arguments.hpp"
#include "checkpoint_file.hpp"
#include "commands.hpp"
#include "format.hpp"
#include "json_line.hpp"
#include "prediction_drawing.hpp"

namespace mica::command {
namespace {

constexpr int no_index = -1;

struct PredictOptions {
  std::string checkpoint, data, image;
  int index = no_index;
  bool bits = false, json = false;
};

bool parse(PredictOptions& options, int count, char** words) {
  Arguments arguments("predict", "CHECKPOINT (--index I | --image FILE) [OPTIONS]",
                      "Shows one sample and how probable a saved model finds each class.");
  arguments.operand("CHECKPOINT", true, options.checkpoint);
  arguments.integer("--index", "I", "sample I of the test set, counted from 0", 0, 0x7ffffffe, options.index);
  arguments.text("--image", "FILE", "a PGM image, light strokes on a dark ground, of the model's size", options.image);
  arguments.text("--data", "DIR", "MNIST's raw IDX files, or what mica convert wrote (default: generated)",
                 options.data);
  arguments.flag("--bits",
                 "only one line: the class and the probabilities' bit patterns, or the error's and the outputs'",
                 options.bits);
  arguments.flag("--json", "the last line is one JSON object", options.json);
  if (!arguments.parse(count, words)) return false;
  if ((options.index == no_index) == options.image.empty()) {
    models::refuse("mica predict needs either --index I or --image FILE, but " +
                   std::string(options.image.empty() ? "neither is" : "both are") + " given.");
  }
  if (!options.image.empty() && !options.data.empty()) {
    models::refuse("--data goes with --index, but --image is given.");
  }
  return true;
}

std::string json_array(const std::vector<float>& numbers) {
  std::string text;
  for (const float number : numbers) text += (text.empty() ? "" : ", ") + json_number(number);
  return "[" + text + "]";
}

// What was asked for, where it came from, and what was found.
struct Found {
  const PredictOptions& options;
  const models::Task& task;
  const models::ModelFacts facts;
  Prediction prediction;

  bool labelled() const { return options.image.empty(); }
  std::string its_class() const { return task.class_name(prediction.label); }
  JsonLine json() const {
    JsonLine line;
    line.add("model", facts.name);
    if (labelled()) {
      line.add("index", options.index).add("label", prediction.label);
    } else {
      line.add("image", options.image);
    }
    return line;
  }
};

void show_class(const Found& found) {
  const Prediction& prediction = found.prediction;
  const std::string best = found.task.class_name(prediction.best);
  if (!found.options.bits) {
    print_prediction(found.task, prediction, terminal());
    const std::string label = found.labelled() ? ", label " + found.its_class() : "";
    std::printf("Prediction: %s (%s)%s\n", best.c_str(), percent(prediction.confidence()).c_str(), label.c_str());
  }
  if (found.options.json) {
    found.json()
        .add("prediction", prediction.best)
        .add("class", best)
        .add("probability", prediction.confidence())
        .add_raw("probabilities", json_array(prediction.probabilities))
        .add_raw("outputs", json_array(prediction.outputs))
        .print();
  }
}

void show_error(const Found& found, float below) {
  const Prediction& prediction = found.prediction;
  if (!found.options.bits) {
    print_reconstruction(found.task, prediction, terminal());
    std::printf("Error: %s, larger than that of %s of the normal samples in the test set; this one is %s\n",
                fixed(prediction.error, 4).c_str(), percent(below).c_str(), found.its_class().c_str());
  }
  if (found.options.json) {
    found.json()
        .add("error", prediction.error)
        .add("larger_than", below)
        .add_raw("outputs", json_array(prediction.outputs))
        .print();
  }
}

}  // namespace

int predict(int count, char** words) {
  PredictOptions options;
  if (!parse(options, count, words)) return 0;
  const CheckpointFile file(options.checkpoint);
  const auto network = file.load();
  const models::Task& task = file.model().task();
  const models::ModelFacts facts = file.model().facts();

  const bool labelled = options.image.empty();
  const auto samples = labelled ? task.open(models::Part::test, options.data, 0, [](const std::string&) {})
                                : task.open_file(options.image);
  const int index = labelled ? options.index : 0;
  if (index >= samples->size()) {
    models::refuse("--index is " + std::to_string(index) + ", but the test set holds " +
                   std::to_string(samples->size()) + " samples, counted from 0.");
  }
  const Found found{options, task, facts, predict(*network, facts, *samples, index)};
  if (options.bits) std::puts(bits_line(found.prediction, facts.goal).c_str());
  if (facts.goal == models::Goal::classification) {
    show_class(found);
  } else if (!options.bits || options.json) {
    show_error(found, share_below(found.prediction.error, *network, facts, *samples));
  }
  return 0;
}

}  // namespace mica::command
