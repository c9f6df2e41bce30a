#include <cstdio>
#include <vector>

#include <mica/io/file.hpp>

#include "../models/refusal.hpp"
#include "arguments.hpp"
#include "commands.hpp"
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
  std::printf("%s holds %s: %zu parameters and %zu statistics.\n", request.output.c_str(), request.name.c_str(),
              network.parameters.size(), network.statistics.size());
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
  Arguments arguments("import", "FILE -o HEADER [OPTIONS]",
                      "Writes a model that was trained elsewhere (.onnx) as a C++ header: the network's type, and its\n"
                      "weights for const memory, from where they can be used or trained on.");
  arguments.operand("FILE", true, request.file);
  arguments.text("-o", "HEADER", "the header to write", request.output);
  arguments.text("--name", "NAME", "what the network is called there (default: Net)", request.name);
  if (!arguments.parse(count, words)) return 0;

  io::FileSource source;
  models::check(source.open(request.file.c_str()));
  for (const Format& format : formats) {
    if (!ends_with(request.file, format.ending)) continue;
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(source.size()));
    if (!source.read(0, bytes.data(), bytes.size())) models::refuse(request.file + " could not be read.");
    format.import(request, bytes);
    return 0;
  }
  models::refuse(request.file + " ends in none of the names that mica import knows: .onnx.");
}

}  // namespace mica::command
