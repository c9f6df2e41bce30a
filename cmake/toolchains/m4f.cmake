set(MICA_CPU -mcpu=cortex-m4 -mfpu=fpv4-sp-d16 -mfloat-abi=hard)
set(MICA_MACHINE mps2-an386)
set(MICA_MEMORY mps2)
include(${CMAKE_CURRENT_LIST_DIR}/cortex_m.cmake)
