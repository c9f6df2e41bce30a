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
  arguments.text("--data", "DIR", "the folder of MNIST's raw IDX files (default: synthetic digits)", options.data);
  arguments.flag("--bits", "only one line: the class and the probabilities' bit patterns", options.bits);
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
  const Prediction prediction = predict(*network, facts, *samples, index);

  if (options.bits) {
    std::puts(bits_line(prediction).c_str());
  } else {
    print_prediction(samples->picture(index), prediction, terminal());
    std::string verdict =
        "Prediction: " + std::to_string(prediction.best) + " (" + percent(prediction.confidence()) + ")";
    if (labelled) verdict += ", label " + std::to_string(prediction.label);
    std::puts(verdict.c_str());
  }
  if (options.json) {
    JsonLine line;
    line.add("model", facts.name);
    if (labelled) {
      line.add("index", index).add("label", prediction.label);
    } else {
      line.add("image", options.image);
    }
    line.add("prediction", prediction.best)
        .add("probability", prediction.confidence())
        .add_raw("probabilities", json_array(prediction.probabilities))
        .add_raw("outputs", json_array(prediction.outputs))
        .print();
  }
  return 0;
}

}  // namespace mica::command
