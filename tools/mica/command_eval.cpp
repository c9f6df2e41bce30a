#include "arguments.hpp"
#include "checkpoint_file.hpp"
#include "commands.hpp"
#include "format.hpp"
#include "json_line.hpp"
#include "port_name.hpp"
#include "score.hpp"
#include "table.hpp"

#include "../models/refusal.hpp"

namespace mica::command {

int eval(int count, char** words) {
  std::string checkpoint, data;
  int limit = 0;
  bool json = false;
  Arguments arguments("eval", "CHECKPOINT [OPTIONS]", "Measures a saved model on the test set.");
  arguments.operand("CHECKPOINT", true, checkpoint);
  arguments.text("--data", "DIR", "MNIST's raw IDX files, or what mica convert wrote (default: generated)", data);
  arguments.integer("--limit", "N", "only the first N samples", 1, 0x7fffffff, limit);
  arguments.flag("--json", "the last line is one JSON object", json);
  if (!arguments.parse(count, words)) return 0;

  const CheckpointFile file(checkpoint);
  const auto network = file.load();
  const auto samples = file.model().task().open(models::Part::test, data, limit, [](const std::string&) {});
  models::TestResult result;
  models::check(network->evaluate(*samples, result));

  const models::ModelFacts facts = file.model().facts();
  const std::string hash = hexadecimal(network->hash());
  Table table;
  table.row({"model", facts.name});
  table.row({"test samples", grouped(static_cast<std::uint64_t>(samples->size()))});
  table.row({"test loss", fixed(result.loss, 4)});
  table.row({score_name(facts.goal), score_text(facts.goal, result.score)});
  table.row({"weights' hash", hash});
  table.print();
  if (json) {
    JsonLine()
        .add("model", facts.name)
        .add("samples", samples->size())
        .add("test_loss", result.loss)
        .add(score_member(facts.goal), result.score)
        .add("weights_hash", hash)
        .add("port", port_name())
        .print();
  }
  return 0;
}

}  // namespace mica::command
