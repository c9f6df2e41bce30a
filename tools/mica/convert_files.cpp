#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "../models/refusal.hpp"
#include "convert.hpp"

namespace mica::command {
namespace {

namespace fs = std::filesystem;

bool is_whole_number(const std::string& text) {
  return !text.empty() && text.size() < 10 && text.find_first_not_of("0123456789") == std::string::npos;
}

// Names that begin with a point are the system's or an editor's.
bool is_hidden(const fs::path& path) { return path.filename().string()[0] == '.'; }

// A line is a path, which may hold spaces, and the class behind the last space; paths are relative to the list.
std::vector<LabelledFile> read_list(const std::string& input) {
  std::ifstream list(input);
  if (!list) models::refuse(input + " could not be read.");
  std::vector<LabelledFile> files;
  std::string line;
  for (int number = 1; std::getline(list, line); ++number) {
    line.erase(line.find_last_not_of(" \t\r") + 1);
    if (line.empty() || line[0] == '#') continue;
    const std::size_t space = line.find_last_of(" \t");
    if (space == std::string::npos) {
      models::refuse("Line " + std::to_string(number) + " of " + input + " is \"" + line.substr(0, 60) +
                     "\"; a path, a space and a class were expected.");
    }
    std::string name = line.substr(0, line.find_last_not_of(" \t", space) + 1);
    files.push_back({(fs::path(input).parent_path() / name).string(), line.substr(space + 1)});
  }
  return files;
}

std::vector<LabelledFile> read_folders(const std::string& input) {
  std::vector<LabelledFile> files;
  std::error_code error;
  for (const auto& folder : fs::directory_iterator(input, error)) {
    if (!folder.is_directory() || is_hidden(folder.path())) continue;
    for (const auto& entry : fs::directory_iterator(folder.path(), error)) {
      if (!entry.is_regular_file() || is_hidden(entry.path())) continue;
      files.push_back({entry.path().string(), folder.path().filename().string()});
    }
    if (error) models::refuse(folder.path().string() + " could not be read: " + error.message() + ".");
  }
  if (error) models::refuse(input + " could not be read: " + error.message() + ".");
  if (files.empty()) models::refuse(input + " holds no folders with files in them; one folder per class was expected.");
  return files;
}

}  // namespace

std::vector<LabelledFile> find_files(const std::string& input) {
  if (!fs::exists(input)) models::refuse("There is no file or folder " + input + ".");
  auto files = fs::is_directory(input) ? read_folders(input) : read_list(input);
  if (files.empty()) models::refuse(input + " names no files.");
  std::sort(files.begin(), files.end(), [](const LabelledFile& a, const LabelledFile& b) {
    return a.class_name != b.class_name ? a.class_name < b.class_name : a.path < b.path;
  });
  return files;
}

std::vector<std::string> classes_of(const std::vector<LabelledFile>& files) {
  std::set<std::string> names;
  for (const LabelledFile& file : files) names.insert(file.class_name);
  std::vector<std::string> classes(names.begin(), names.end());
  if (std::all_of(classes.begin(), classes.end(), is_whole_number)) {
    std::sort(classes.begin(), classes.end(),
              [](const std::string& a, const std::string& b) { return std::stol(a) < std::stol(b); });
  }
  if (classes.size() > 256) {
    models::refuse("There are " + std::to_string(classes.size()) + " classes; labels are bytes, so 256 is the most.");
  }
  return classes;
}

}  // namespace mica::command
