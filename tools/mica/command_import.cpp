#include <cstdio>
#include <vector>

#include <mica/io/file.hpp>

#include "../models/refusal.hpp"
#include "arguments.hpp"
#include "commands.hpp"
#include "format.hpp"
#include "import_tensors.hpp"
#include "onnx/import.hpp"
#include "output_file.hpp"

namespace mica::command {
namespace {

// Each takes a file's bytes and writes what the command was asked for.
struct Request {
  std::string file, output, name = "Net";
};

void import_onnx(const Request& request, const std::vector<std::uint8_t>& bytes) {
  if (request.output.empty()) models::refuse("mica import needs -o FILE, the header to write.");
  onnx::Network network;
  std::vector<std::string> problems;
  if (!onnx::import_model({bytes.data(), bytes.size(), 0}, network, problems)) {
    std::string list = request.file + " cannot be imported:";
    for (const std::string& problem : problems) list += "\n  " + problem;
    models::refuse(list);
  }
  write_output(request.output, [&](io::ByteSink& sink) { return onnx::write_header(network, request.name, sink); });
  std::printf("%s holds %s: %s parameters and %s statistics.\n", request.output.c_str(), request.name.c_str(),
              grouped(network.parameters.size()).c_str(), grouped(network.statistics.size()).c_str());
}

struct Format {
  const char* ending;
  void (*import)(const Request& request, const std::vector<std::uint8_t>& bytes);
};
constexpr Format formats[] = {
    {".onnx", import_onnx},
};

bool ends_with(const std::string& text, const std::string& ending) {
  return text.size() >= ending.size() && text.compare(text.size() - ending.size(), ending.size(), ending) == 0;
}

}  // namespace

int import_file(int count, char** words) {
  Request request;
  TensorRequest tensors;
  Arguments arguments(
      "import", "FILE -o OUTPUT [OPTIONS]",
      "Takes over a model that was trained elsewhere. From .onnx it writes a C++ header: the network's\n"
      "type, and its weights for const memory, from where they can be used or trained on. From\n"
      ".safetensors and .npz it takes the weights of a model that Mica knows, each by the name that\n"
      "PyTorch gives it (docs/pytorch.md), and writes a checkpoint.");
  arguments.operand("FILE", true, request.file);
  arguments.text("-o", "OUTPUT", "the header or checkpoint to write", request.output);
  arguments.text("--model", "NAME", "the reference model that the tensors belong to", tensors.model);
  arguments.text("--onto", "CHECKPOINT", "instead: replace its weights; others stay", tensors.onto);
  arguments.text("--prefix", "TEXT", "what stands in front of every tensor's name", tensors.prefix);
  arguments.text("--map", "OLD=NEW,...", "names OLD in the file are NEW in a Sequential", tensors.map);
  arguments.flag("--json", "the last line is one JSON object (tensors)", tensors.json);
  arguments.text("--name", "NAME", "what the network is called there (default: Net)", request.name);
  if (!arguments.parse(count, words)) return 0;

  if (is_tensor_file(request.file)) {
    tensors.file = request.file;
    tensors.output = request.output;
    return import_tensors(tensors), 0;
  }
  io::FileSource source;
  models::check(source.open(request.file.c_str()));
  for (const Format& format : formats) {
    if (!ends_with(request.file, format.ending)) continue;
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(source.size()));
    if (!source.read(0, bytes.data(), bytes.size())) models::refuse(request.file + " could not be read.");
    format.import(request, bytes);
    return 0;
  }
  models::refuse(request.file + " ends in none of the names that mica import knows: .onnx, .safetensors, .npz.");
}

}  // namespace mica::command
