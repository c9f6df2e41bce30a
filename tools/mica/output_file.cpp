#include "output_file.hpp"

#include <mica/io/file.hpp>

#include "../models/refusal.hpp"

namespace mica::command {

void check_output(const std::string& path) {
  if (path.empty()) return;
  io::FileSink file;
  models::check(file.open(path.c_str()));
}

void write_output(const std::string& path, const std::function<Status(io::ByteSink&)>& write) {
  if (path.empty()) return;
  io::FileSink file;
  models::check(file.open(path.c_str()));
  models::check(write(file));
  models::check(file.commit());
}

void write_text(const std::string& path, const std::string& text) {
  // A write that fails is reported by commit().
  write_output(path,
               [&](io::ByteSink& sink) { return static_cast<void>(sink.write(text.data(), text.size())), Status(); });
}

}  // namespace mica::command
