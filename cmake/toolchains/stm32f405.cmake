set(MICA_CPU -mcpu=cortex-m4 -mfpu=fpv4-sp-d16 -mfloat-abi=hard)
set(MICA_MACHINE netduinoplus2)
set(MICA_MEMORY stm32f405)
set(MICA_SMALL_MEMORY ON)  # too little for some tests
include(${CMAKE_CURRENT_LIST_DIR}/cortex_m.cmake)
