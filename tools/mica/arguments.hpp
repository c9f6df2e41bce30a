#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace mica::command {

// Arguments: the options and operands of one subcommand, declared once; the declarations parse and print the help.
// Each target keeps its value unless the user gives the option. Refuses unknown, repeated, missing and ill-formed ones.
class Arguments {
 public:
  // `synopsis` follows the name in the first line of the help; `about` says what the subcommand does.
  Arguments(const char* command, const char* synopsis, const char* about)
      : command_(command), synopsis_(synopsis), about_(about) {}

  void flag(const char* name, const char* help, bool& target);
  void text(const char* name, const char* value, const char* help, std::string& target);
  // Whole numbers, and numbers, from `least` to `most`.
  template <class Integer>
  void integer(const char* name, const char* value, const char* help, std::uint64_t least, std::uint64_t most,
               Integer& target);
  void number(const char* name, const char* value, const char* help, double least, double most,
              std::optional<float>& target);
  // A word that is no option; the user must give it if it is required.
  void operand(const char* name, bool required, std::string& target);

  // Reads the words behind the subcommand's name; false if the help was asked for and printed.
  bool parse(int count, char** words);

 private:
  using Take = std::function<void(const std::string&)>;
  struct Option {
    const char* name;
    const char* value;  // what the help calls it, empty for a flag
    const char* help;
    Take take;
    bool given = false;
  };
  struct Operand {
    const char* name;
    bool required;
    std::string* target;
    bool given = false;
  };

  void take_option(const std::string& word, int& position, int count, char** words);
  void take_operand(const std::string& word);
  void add_integer(const char* name, const char* value, const char* help, std::uint64_t least, std::uint64_t most,
                   std::function<void(std::uint64_t)> set);
  void print_help() const;
  [[noreturn]] void refuse_option(const std::string& name) const;

  const char* command_;
  const char* synopsis_;
  const char* about_;
  std::vector<Option> options_;
  std::vector<Operand> operands_;
};

template <class Integer>
void Arguments::integer(const char* name, const char* value, const char* help, std::uint64_t least, std::uint64_t most,
                        Integer& target) {
  add_integer(name, value, help, least, most, [&target](std::uint64_t number) {
    if constexpr (std::is_integral_v<Integer>) {
      target = static_cast<Integer>(number);
    } else {
      target = number;
    }
  });
}

}  // namespace mica::command
