// The subcommands. Each reads the words behind its name and returns the exit code; adding one is a file and a line in
// commands.cpp.
#pragma once

namespace mica::command {

int train(int count, char** words);
int eval(int count, char** words);
int predict(int count, char** words);
int info(int count, char** words);
int export_weights(int count, char** words);
int import_file(int count, char** words);
int convert(int count, char** words);
int lab(int count, char** words);

// The whole command, from behind the check of the processor on.
int run(int count, char** words);

}  // namespace mica::command
