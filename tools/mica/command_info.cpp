#include <cstdio>

#include "../models/refusal.hpp"
#include "../models/registry.hpp"
#include "arguments.hpp"
#include "checkpoint_file.hpp"
#include "commands.hpp"
#include "format.hpp"
#include "json_line.hpp"
#include "table.hpp"

namespace mica::command {
namespace {

using models::ModelFacts;

JsonLine as_json(const ModelFacts& facts) {
  JsonLine line;
  line.add("model", facts.name)
      .add("network", facts.network)
      .add("fingerprint", hexadecimal(facts.fingerprint))
      .add("parameters", facts.parameters)
      .add("statistics", facts.statistics)
      .add("bytes_model", std::uint64_t{facts.bytes_model})
      .add("bytes_inference", std::uint64_t{facts.bytes_inference})
      .add("bytes_training", std::uint64_t{facts.bytes_training})
      .add("batch", facts.batch)
      .add("loss", facts.loss)
      .add("optimizer", facts.optimizer);
  return line;
}

void print_models(bool json) {
  Table table;
  table.row({"model", "parameters", "bytes for inference", "bytes for training", "batch", "optimizer"});
  std::string list;
  for (const models::ReferenceModel* model : models::all_models()) {
    const ModelFacts facts = model->facts();
    table.row({facts.name, grouped(static_cast<std::uint64_t>(facts.parameters)), grouped(facts.bytes_inference),
               grouped(facts.bytes_training), std::to_string(facts.batch), facts.optimizer});
    list += (list.empty() ? "" : ", ") + as_json(facts).text();
  }
  table.print();
  if (json) JsonLine().add_raw("models", "[" + list + "]").print();
}

void print_model(const ModelFacts& facts, const models::Task& task) {
  std::printf("%s: %s, on %s.\n\n", facts.name, facts.summary, task.description().c_str());
  Table layers;
  layers.row({"layer", "output", "parameters", "statistics"});
  layers.row({"Input", facts.input, "", ""});
  for (const models::LayerFacts& layer : facts.layers) {
    layers.row({layer.name, layer.output, grouped(static_cast<std::uint64_t>(layer.parameters)),
                grouped(static_cast<std::uint64_t>(layer.statistics))});
  }
  layers.print();
  std::putchar('\n');
  Table table;
  table.row({"parameters", grouped(static_cast<std::uint64_t>(facts.parameters))});
  table.row({"statistics", grouped(static_cast<std::uint64_t>(facts.statistics))});
  table.row({"bytes of the model", grouped(facts.bytes_model)});
  table.row({"bytes for inference", grouped(facts.bytes_inference)});
  table.row({"bytes for training", grouped(facts.bytes_training)});
  table.row({"batch", std::to_string(facts.batch)});
  table.row({"loss", facts.loss});
  table.row({"optimizer", facts.optimizer});
  table.row({"fingerprint", hexadecimal(facts.fingerprint)});
  table.print();
}

void print_checkpoint(const std::string& path, bool json) {
  const CheckpointFile file(path);
  const auto network = file.load();
  const ModelFacts facts = file.model().facts();
  const io::CheckpointInfo& found = file.info();
  const bool training = found.kind == io::CheckpointKind::training;
  const std::string kind = training ? "training checkpoint" : "model checkpoint";
  const std::string hash = hexadecimal(network->hash());
  print_model(facts, file.model().task());
  Table table;
  table.row({"file", kind + ", version " + std::to_string(found.version)});
  table.row({"bytes of the file", grouped(file.source().size())});
  if (training) {
    table.row({"epochs", grouped(found.position.epoch)});
    table.row({"steps", grouped(found.steps)});
    table.row({"seed", std::to_string(found.position.seed)});
  }
  table.row({"weights' hash", hash});
  std::putchar('\n');
  table.print();
  if (!json) return;
  JsonLine line = as_json(facts);
  line.add("file", path).add("kind", training ? "training" : "model").add("bytes_file", file.source().size());
  if (training) {
    line.add("epochs", std::uint64_t{found.position.epoch}).add("steps", found.steps).add("seed", found.position.seed);
  }
  line.add("weights_hash", hash).print();
}

}  // namespace

int info(int count, char** words) {
  std::string checkpoint, model;
  bool json = false;
  Arguments arguments("info", "[CHECKPOINT | --model NAME] [OPTIONS]",
                      "Lists the reference models, or shows the layers and bytes of one, or what a file holds.");
  arguments.operand("CHECKPOINT", false, checkpoint);
  arguments.text("--model", "NAME", "the reference model to show", model);
  arguments.flag("--json", "the last line is one JSON object", json);
  if (!arguments.parse(count, words)) return 0;
  if (!checkpoint.empty() && !model.empty()) {
    models::refuse("mica info shows either a checkpoint or --model NAME, but both are given.");
  }
  if (!checkpoint.empty()) {
    print_checkpoint(checkpoint, json);
  } else if (!model.empty()) {
    const models::ReferenceModel& shown = models::model_named(model);
    print_model(shown.facts(), shown.task());
    if (json) as_json(shown.facts()).print();
  } else {
    print_models(json);
  }
  return 0;
}

}  // namespace mica::command
