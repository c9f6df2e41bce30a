// Runs the mica command and looks at what it says and leaves behind. MICA_COMMAND is how to call it, with an emulator in
// front where one is needed.
#pragma once

#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include <doctest/doctest.h>

namespace command_runner {

struct Result {
  int code;
  std::string out, err;

  std::string last_line() const {
    const std::string text = out.substr(0, out.find_last_not_of('\n') + 1);
    return text.substr(text.rfind('\n') + 1);
  }
};

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_file(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

// `before` stands in front of the command, `words` behind it, both as the shell takes them.
inline Result run_mica(const std::string& words, const std::string& before = "") {
  const char* const command = std::getenv("MICA_COMMAND");
  REQUIRE_MESSAGE(command != nullptr,
                  "MICA_COMMAND does not name the mica command; build it with MICA_BUILD_TOOLS=ON.");
  const std::string line = before + command + " " + words + " >out.log 2>err.log </dev/null";
  const int status = std::system(line.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file("out.log"), read_file("err.log")};
}

// Every file in this folder with its contents.
inline std::map<std::string, std::string> files_here() {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(".")) {
    const std::string path = entry.path().string();
    if (path == "./out.log" || path == "./err.log") continue;
    files[path] = entry.is_regular_file() ? read_file(entry.path()) : "";
  }
  return files;
}

// Goes to an empty folder below the one the test was started in.
inline void start_afresh() {
  static const std::filesystem::path folder = std::filesystem::current_path() / "command_test_files";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directory(folder);
  std::filesystem::current_path(folder);
}

// Exit code 0, nothing on the standard error.
inline Result mica_works(const std::string& words) {
  const Result result = run_mica(words);
  CAPTURE(words);
  CAPTURE(result.err);
  REQUIRE(result.code == 0);
  CHECK(result.err.empty());
  return result;
}

// Exit code 2, one sentence on the standard error that has `expected` in it, no file new, changed or gone.
inline void mica_refuses(const std::string& words, const std::string& expected) {
  const auto before = files_here();
  const Result result = run_mica(words);
  CAPTURE(words);
  CAPTURE(result.err);
  CHECK(result.code == 2);
  REQUIRE(!result.err.empty());
  CHECK(result.err.find('\n') == result.err.size() - 1);
  CHECK(result.err[result.err.size() - 2] == '.');
  CHECK(result.err.find(". ") == std::string::npos);
  CHECK_MESSAGE(result.err.find(expected) != std::string::npos, "expected in the sentence: " << expected);
  CHECK(files_here() == before);
}

// The value of a member in a line of JSON, as it stands there; empty if there is none.
inline std::string member(const std::string& json, const std::string& name) {
  const std::string key = "\"" + name + "\": ";
  const std::size_t found = json.find(key);
  if (found == std::string::npos) return "";
  const std::size_t first = found + key.size();
  const char close = json[first] == '"' ? '"' : json[first] == '[' ? ']' : ',';
  const std::size_t end = std::min(json.find(close, first + 1), json.size() - 1);
  return json.substr(first, end - first + (close == ',' ? 0 : 1));
}

}  // namespace command_runner
