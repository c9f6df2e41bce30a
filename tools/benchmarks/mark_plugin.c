/* A plugin for QEMU's translator: counts the instructions that a program runs, and writes the count at each call of the
 * function mica_mark to a file, one a line. QEMU's own header is in no package, so what is used of it is declared here.
 *   cc -shared -fPIC -O2 [-DQEMU_API=2] mark_plugin.c -o mark_plugin.so      2 from QEMU 9 on
 *   qemu-aarch64 -plugin ./mark_plugin.so,out=FILE program */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#ifndef QEMU_API
#define QEMU_API 1
#endif
#define EXPORTED __attribute__((visibility("default")))

typedef uint64_t plugin_id;
struct block;
struct instruction;
void qemu_plugin_register_vcpu_tb_trans_cb(plugin_id, void (*)(plugin_id, struct block*));
void qemu_plugin_register_vcpu_tb_exec_cb(struct block*, void (*)(unsigned, void*), int flags, void*);
void qemu_plugin_register_atexit_cb(plugin_id, void (*)(plugin_id, void*), void*);
size_t qemu_plugin_tb_n_insns(const struct block*);
struct instruction* qemu_plugin_tb_get_insn(const struct block*, size_t);
const char* qemu_plugin_insn_symbol(const struct instruction*);

EXPORTED int qemu_plugin_version = QEMU_API;

static uint64_t count;
static FILE* out;

static void run_block(unsigned cpu, void* instructions) {
  (void)cpu;
  count += (uintptr_t)instructions;
}

static void run_mark(unsigned cpu, void* instructions) {
  run_block(cpu, instructions);
  fprintf(out, "%" PRIu64 "\n", count);
}

static void translate(plugin_id id, struct block* block) {
  (void)id;
  const char* const name = qemu_plugin_insn_symbol(qemu_plugin_tb_get_insn(block, 0));
  const int is_mark = name != NULL && strcmp(name, "mica_mark") == 0;
  void* const instructions = (void*)(uintptr_t)qemu_plugin_tb_n_insns(block);
  qemu_plugin_register_vcpu_tb_exec_cb(block, is_mark ? run_mark : run_block, 0, instructions);
}

static void finish(plugin_id id, void* nothing) {
  (void)id, (void)nothing;
  fclose(out);
}

EXPORTED int qemu_plugin_install(plugin_id id, const void* info, int argc, char** argv) {
  (void)info;
  if (argc != 1 || strncmp(argv[0], "out=", 4) != 0 || (out = fopen(argv[0] + 4, "w")) == NULL) {
    fprintf(stderr, "mark_plugin: expected out=FILE, a file that can be written.\n");
    return -1;
  }
  qemu_plugin_register_vcpu_tb_trans_cb(id, translate);
  qemu_plugin_register_atexit_cb(id, finish, NULL);
  return 0;
}
