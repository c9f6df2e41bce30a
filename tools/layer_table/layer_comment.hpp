#pragma once

#include <string>
#include <vector>

// LayerComment: what the comment above a layer says first: a sentence, and the lines of its formula.
struct LayerComment {
  std::string summary;
  std::vector<std::string> formula;
};

// Reads it from the header at `path`, where it begins with "// <name>: ". The formula is the lines set in behind it.
// Ends the program with a sentence if the header or the comment is not there.
LayerComment read_layer_comment(const std::string& path, const std::string& name);
