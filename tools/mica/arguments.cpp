#include "arguments.hpp"

#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "../models/refusal.hpp"
#include "closest.hpp"
#include "format.hpp"

namespace mica::command {
namespace {

// A number in decimal digits alone; nothing if it is none, or too large.
std::optional<std::uint64_t> whole_number(const std::string& word) {
  if (word.empty() || word.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  errno = 0;
  const std::uint64_t number = std::strtoull(word.c_str(), nullptr, 10);
  if (errno != 0) return std::nullopt;
  return number;
}

std::optional<double> decimal_number(const std::string& word) {
  if (word.empty() || word.find_first_not_of("0123456789.eE+-") != std::string::npos) return std::nullopt;
  char* end = nullptr;
  const double number = std::strtod(word.c_str(), &end);
  if (*end != '\0' || !std::isfinite(number)) return std::nullopt;
  return number;
}

[[noreturn]] void refuse_value(const char* name, const std::string& expected, const std::string& found) {
  models::refuse(std::string(name) + " must be " + expected + ", but it is \"" + found + "\".");
}

}  // namespace

void Arguments::flag(const char* name, const char* help, bool& target) {
  options_.push_back({name, "", help, [&target](const std::string&) { target = true; }});
}

void Arguments::text(const char* name, const char* value, const char* help, std::string& target) {
  options_.push_back({name, value, help, [=, &target](const std::string& word) {
                        if (word.empty()) refuse_value(name, "a name", word);
                        target = word;
                      }});
}

void Arguments::add_integer(const char* name, const char* value, const char* help, std::uint64_t least,
                            std::uint64_t most, std::function<void(std::uint64_t)> set) {
  options_.push_back(
      {name, value, help, [=](const std::string& word) {
         const auto number = whole_number(word);
         if (!number || *number < least || *number > most) {
           refuse_value(name, "a whole number from " + std::to_string(least) + " to " + std::to_string(most), word);
         }
         set(*number);
       }});
}

void Arguments::number(const char* name, const char* value, const char* help, double least, double most,
                       std::optional<float>& target) {
  options_.push_back({name, value, help, [=, &target](const std::string& word) {
                        const auto number = decimal_number(word);
                        if (!number || *number < least || *number > most) {
                          refuse_value(name, "a number from " + short_number(least) + " to " + short_number(most),
                                       word);
                        }
                        target = static_cast<float>(*number);
                      }});
}

void Arguments::operand(const char* name, bool required, std::string& target) {
  operands_.push_back({name, required, &target});
}

bool Arguments::parse(int count, char** words) {
  bool options_ended = false;
  for (int i = 0; i < count; ++i) {
    const std::string word = words[i];
    if (!options_ended && (word == "--help" || word == "-h")) {
      print_help();
      return false;
    }
    if (!options_ended && word == "--") {
      options_ended = true;
    } else if (!options_ended && word.size() > 1 && word[0] == '-') {
      take_option(word, i, count, words);
    } else {
      take_operand(word);
    }
  }
  for (const Operand& operand : operands_) {
    if (operand.required && !operand.given) {
      models::refuse(std::string("mica ") + command_ + " needs a " + operand.name + "; its form is: mica " + command_ +
                     " " + synopsis_ + ".");
    }
  }
  return true;
}

// Takes "--name value" or "--name=value".
void Arguments::take_option(const std::string& word, int& position, int count, char** words) {
  const std::size_t equals = word.find('=');
  const std::string name = word.substr(0, equals);
  for (Option& option : options_) {
    if (name != option.name) continue;
    if (option.given) models::refuse(name + " is given twice.");
    option.given = true;
    const bool needs_value = *option.value != '\0';
    if (equals != std::string::npos && !needs_value)
      models::refuse(name + " takes no value, but was given one: " + word + ".");
    if (equals != std::string::npos) return option.take(word.substr(equals + 1));
    if (!needs_value) return option.take("");
    if (position + 1 == count) models::refuse(name + " needs a value (" + option.value + "), but nothing follows it.");
    return option.take(words[++position]);
  }
  refuse_option(name);
}

void Arguments::take_operand(const std::string& word) {
  for (Operand& operand : operands_) {
    if (operand.given) continue;
    operand.given = true;
    if (word.empty())
      models::refuse(std::string("The ") + operand.name + " of mica " + command_ + " is an empty word.");
    *operand.target = word;
    return;
  }
  models::refuse(std::string("mica ") + command_ + " does not know what to do with \"" + word +
                 "\"; its form is: mica " + command_ + " " + synopsis_ + ".");
}

void Arguments::refuse_option(const std::string& name) const {
  std::vector<std::string> names = {"--help"};
  for (const Option& option : options_) names.push_back(option.name);
  const std::string meant = closest(name, names);
  models::refuse(std::string("mica ") + command_ + " has no option " + name + "; " +
                 (meant.empty() ? "" : "the closest is " + meant + ", and ") + "mica " + command_ +
                 " --help lists all.");
}

void Arguments::print_help() const {
  std::printf("Usage: mica %s %s\n%s\n\n", command_, synopsis_, about_);
  for (const Option& option : options_) {
    const std::string left = std::string(option.name) + (*option.value != '\0' ? " " : "") + option.value;
    std::printf("  %-20s %s\n", left.c_str(), option.help);
  }
  std::printf("  %-20s %s\n", "--help", "this text");
}

}  // namespace mica::command
