#include "layer_comment.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace {

[[noreturn]] void fail(const std::string& sentence) {
  std::fprintf(stderr, "%s\n", sentence.c_str());
  std::exit(1);
}

bool starts_with(const std::string& line, const std::string& words) {
  return line.compare(0, words.size(), words) == 0;
}

}  // namespace

LayerComment read_layer_comment(const std::string& path, const std::string& name) {
  std::ifstream file(path);
  if (!file) fail(path + " cannot be read.");
  const std::string beginning = "// " + name + ": ", set_in = "//   ";
  LayerComment comment;
  std::string line;
  while (std::getline(file, line) && !starts_with(line, beginning)) {
  }
  if (!file) fail(path + " has no comment that begins with \"" + beginning + "\".");
  comment.summary = line.substr(beginning.size());
  while (std::getline(file, line) && starts_with(line, "// ") && !starts_with(line, set_in)) {
    comment.summary += line.substr(2);
  }
  const std::size_t end = comment.summary.find(". ");
  if (end != std::string::npos) comment.summary.resize(end + 1);
  for (; file && starts_with(line, set_in); std::getline(file, line)) {
    comment.formula.push_back(line.substr(set_in.size()));
  }
  if (comment.formula.empty()) fail(path + ": the comment on " + name + " has no formula in its first lines.");
  return comment;
}
