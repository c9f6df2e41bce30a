// What both programs of tools/size_report share: the model, and figures that become symbols of the linked program.
#pragma once

#include <type_traits>

#include MODEL_HEADER

using Reference = mica::models::MODEL;
using Net = Reference::Net;

// Where samples come in and predictions go out. Not static, so that the compiler cannot know what is in them.
float input[BATCH * Net::Input::size];
float output[Net::Output::size];

// The bytes of RAM that the types of all static objects add up to, and those of the weights.
#define MICA_PREDICT(ram)                                                                                  \
  asm(".global predicted_ram\n\t.set predicted_ram, %c0\n\t.global weight_bytes\n\t.set weight_bytes, %c1" \
      :                                                                                                    \
      : "i"(ram), "i"(sizeof(mica::Model<Net>)))
