#include <cstdio>

#include "../models/refusal.hpp"
#include "arguments.hpp"
#include "checkpoint_file.hpp"
#include "commands.hpp"
#include "format.hpp"
#include "json_line.hpp"
#include "output_file.hpp"

namespace mica::command {

int export_weights(int count, char** words) {
  std::string checkpoint, header, name = "Net";
  bool json = false;
  Arguments arguments("export", "CHECKPOINT --header FILE [OPTIONS]",
                      "Writes a saved model as a C++ header: the network's type, and its weights for const memory.");
  arguments.operand("CHECKPOINT", true, checkpoint);
  arguments.text("--header", "FILE", "the header to write", header);
  arguments.text("--name", "NAME", "what the network is called there (default: Net)", name);
  arguments.flag("--json", "the last line is one JSON object", json);
  if (!arguments.parse(count, words)) return 0;
  if (header.empty()) models::refuse("mica export needs --header FILE, the header to write.");

  const CheckpointFile file(checkpoint);
  const auto network = file.load();
  write_output(header, [&](io::ByteSink& sink) { return network->export_header(name.c_str(), sink); });

  const models::ModelFacts facts = file.model().facts();
  const std::string hash = hexadecimal(network->hash());
  std::printf("%s holds %s as %s, %s bytes in const memory, weights' hash %s.\n", header.c_str(), facts.name,
              name.c_str(), grouped(facts.bytes_model).c_str(), hash.c_str());
  if (json) {
    JsonLine()
        .add("model", facts.name)
        .add("header", header)
        .add("name", name)
        .add("parameters", facts.parameters)
        .add("bytes", std::uint64_t{facts.bytes_model})
        .add("weights_hash", hash)
        .print();
  }
  return 0;
}

}  // namespace mica::command
